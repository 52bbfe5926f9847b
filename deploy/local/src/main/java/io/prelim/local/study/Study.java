package io.prelim.local.study;

import java.util.List;

/**
 * The objects of one study found on disk.
 *
 * @param objects at least one, in the order found
 */
public record Study(String studyInstanceUid, List<StudyObject> objects) {
    public Study {
        objects = List.copyOf(objects);
    }

    /** How many have pixel data. */
    public int images() {
        return (int) objects.stream().filter(StudyObject::image).count();
    }
}
