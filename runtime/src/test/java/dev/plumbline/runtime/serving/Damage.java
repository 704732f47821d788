package dev.plumbline.runtime.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a disk or a crash makes of a file. */
enum Damage {
    TRUNCATED {
        @Override
        byte[] of(byte[] whole) {
            return Arrays.copyOf(whole, whole.length / 2);
        }
    },
    FIRST_BYTE_FLIPPED {
        @Override
        byte[] of(byte[] whole) {
            return flipped(whole, 0);
        }
    },
    MIDDLE_BYTE_FLIPPED {
        @Override
        byte[] of(byte[] whole) {
            return flipped(whole, whole.length / 2);
        }
    },
    EMPTY {
        @Override
        byte[] of(byte[] whole) {
            return new byte[0];
        }
    };

    abstract byte[] of(byte[] whole);

    void doTo(Path file) throws IOException {
        Files.write(file, of(Files.readAllBytes(file)));
    }

    private static byte[] flipped(byte[] whole, int at) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 1;
        return damaged;
    }
}
