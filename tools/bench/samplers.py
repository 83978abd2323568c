"""Optuna's TPE on the functions of samplers.mjs: python3 samplers.py SEEDS TRIALS; a line of JSON for each function and form."""
import json
import math
import sys
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")

WEIGHTS = [1, 1.2, 3, 3.2]
SCALES = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
CENTRES = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def branin(trial):
    x, y = trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15)
    curve = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return curve**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def hartmann6(trial):
    x = [trial.suggest_float(f"x{at}", 0, 1) for at in range(6)]
    return -sum(
        weight * math.exp(-sum(scale * (value - centre) ** 2 for scale, value, centre in zip(scales, x, centres)))
        for weight, scales, centres in zip(WEIGHTS, SCALES, CENTRES)
    )


def conditional(trial):
    kind = trial.suggest_categorical("kind", ["flat", "deep"])
    rate = trial.suggest_float("rate", 1e-5, 1, log=True)
    activation = trial.suggest_categorical("activation", ["relu", "tanh", "gelu", "elu"])
    own = 0.4
    if kind == "deep":
        depth = trial.suggest_int("depth", 1, 6)
        width = trial.suggest_int("width", 8, 512, log=True)
        own = 0.2 * (depth - 4) ** 2 + 0.2 * (math.log2(width) - 7) ** 2
    shift = 3 if kind == "deep" else 2
    return (math.log10(rate) + shift) ** 2 + own + {"relu": 0.1, "tanh": 0.3, "gelu": 0, "elu": 0.2}[activation]


def samplers(seed):
    yield "Optuna, as it comes", optuna.samplers.TPESampler(seed=seed)
    yield "Optuna, multivariate", optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True)


seeds, trials = int(sys.argv[1]), int(sys.argv[2])
for function in [branin, hartmann6, conditional]:
    best = {}
    for seed in range(1, seeds + 1):
        for name, sampler in samplers(seed):
            study = optuna.create_study(sampler=sampler)
            study.optimize(function, n_trials=trials)
            best.setdefault(name, []).append(study.best_value)
    for name, values in best.items():
        print(json.dumps({"name": function.__name__, "sampler": name, "values": values}))
