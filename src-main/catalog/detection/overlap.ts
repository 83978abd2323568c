/** Rectangles that are found in pictures, and how far two of them are the same place. Any unit, as long as both have it. */

/** From its top left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A rectangle that a model found. */
export interface FoundBox extends Rectangle {
  /** Place of its class among the classes. */
  readonly label: number;
  /** 0 to 1; larger is surer. */
  readonly score: number;
}

/** Intersection over union: the area that two share by the area that they cover together; 1 for one and the same, 0 for apart. */
export function overlapOf(one: Rectangle, other: Rectangle): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (across <= 0 || down <= 0) return 0;
  const both = across * down;
  return both / (one.width * one.height + other.width * other.height - both);
}
