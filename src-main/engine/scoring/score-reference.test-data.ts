/** Made by score-reference.py, which says what the numbers are. */
interface Reference {
  readonly values: Readonly<Record<string, number>>;
  readonly intervals: Readonly<Record<string, readonly [low: number, high: number]>>;
}

export const classReferences: readonly (Reference & {
  readonly classes: number;
  readonly delong: readonly [number, number];
})[] = [
  {
    classes: 2,
    values: {
      accuracy: 0.7166666666666667,
      'balanced-accuracy': 0.725,
      'macro-f1': 0.7027105800058292,
      'roc-auc': 0.8828125,
      'pr-auc': 0.8555901966125847,
      'log-loss': 0.4407397876422016,
      'calibration-error': 0.12991703301668167,
    },
    intervals: {
      'balanced-accuracy': [0.6375, 0.8062499999999999],
      'macro-f1': [0.6153818128825416, 0.7822141560798548],
      'pr-auc': [0.76169286516728, 0.9293412703198233],
      'log-loss': [0.3678823782670466, 0.5177971390507186],
      'calibration-error': [0.06549180636803309, 0.18039163017024595],
    },
    delong: [0.8174721327056816, 0.9481528672943184],
  },
  {
    classes: 5,
    values: {
      accuracy: 0.65,
      'balanced-accuracy': 0.6226851851851852,
      'macro-f1': 0.3831295553618134,
      'roc-auc': 0.8602629527108694,
      'pr-auc': 0.8107446693262771,
      'log-loss': 1.0137039027731807,
      'calibration-error': 0.2184260440369447,
    },
    intervals: {
      'balanced-accuracy': [0.5137051316738817, 0.730304443480914],
      'macro-f1': [0.32157192628416054, 0.4501572528794513],
      'pr-auc': [0.7223667975457363, 0.8890599361017312],
      'log-loss': [0.8881772168552916, 1.1404881679016892],
      'calibration-error': [0.15722419995193676, 0.2579002396948636],
    },
    delong: [0.7964310141058676, 0.9240948913158712],
  },
];
export const numberReference: Reference = {
  values: { 'mean-absolute-error': 1.2, 'root-mean-squared-error': 1.309594999417759, 'r-squared': 0.9004156749953928 },
  intervals: {
    'mean-absolute-error': [1.1046484375, 1.296875],
    'root-mean-squared-error': [1.215687210162778, 1.3997793840287236],
    'r-squared': [0.8704512830854365, 0.9228242654600639],
  },
};
