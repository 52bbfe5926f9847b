package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ReadingRoomTest {
    @Test
    void readersTakeTheRoomTogetherAndGiveItBack() throws IOException {
        ReadingRoom room = new ReadingRoom(100);
        InputStream first = room.reader(new ByteArrayInputStream(new byte[60]));
        InputStream second = room.reader(new ByteArrayInputStream(new byte[60]));
        assertThat(first.readAllBytes()).hasSize(60);

        assertThatThrownBy(second::readAllBytes).isInstanceOf(ReadingRoom.Full.class);

        first.close();
        first.close();
        second.close();
        try (InputStream third = room.reader(new ByteArrayInputStream(new byte[100]))) {
            assertThat(third.readAllBytes()).hasSize(100);
            assertThat(third.read()).isEqualTo(-1);
        }
    }
}
