/** What floats over the frame at the moment. */
class Floating {
  palette = $state(false);
  renaming = $state(false);
}

export const floating = new Floating();
