/** What bounds a `.tandem` file, on the way out and on the way in. */

/** Parts of this size and more are stored, not packed; one that is packed all the same and grows hundredfold is a bomb. */
export const storedFrom = 256 << 20;
export const bombRatio = 100;

/** Bytes of a JSON part, and of the manifest. */
export const mostInMemory = 512 << 20;
export const mostManifest = 32 << 20;
