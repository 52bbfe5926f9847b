package io.prelim.dicom.volume;

/**
 * A place or a direction in the patient's coordinates (PS3.3 section C.7.6.2.1.1): x to the left, y to the back, z to the head of the
 * patient (LPS); mm where it is a place, of length 1 where it is a direction.
 */
public record Vector3(double x, double y, double z) {
    /** Zero has no sign, so that equal places are equal. */
    public Vector3 {
        x += 0.0;
        y += 0.0;
        z += 0.0;
    }

    public Vector3 plus(Vector3 other) {
        return new Vector3(x + other.x, y + other.y, z + other.z);
    }

    public Vector3 minus(Vector3 other) {
        return new Vector3(x - other.x, y - other.y, z - other.z);
    }

    public Vector3 times(double factor) {
        return new Vector3(x * factor, y * factor, z * factor);
    }

    public double dot(Vector3 other) {
        return x * other.x + y * other.y + z * other.z;
    }

    public Vector3 cross(Vector3 other) {
        return new Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    public double length() {
        return Math.sqrt(dot(this));
    }

    /** The same direction, of length 1; of no length, not a number. */
    public Vector3 unit() {
        return times(1 / length());
    }
}
