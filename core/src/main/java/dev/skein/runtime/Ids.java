package dev.skein.runtime;

import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Ids of 128 random bits, as 26 characters of lower-case Crockford base 32: random from the first
 * character on.
 */
final class Ids {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final ReentrantLock lock = new ReentrantLock();
    private final RandomGenerator random;

    Ids(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        long high;
        long low;
        lock.lock();
        try {
            high = random.nextLong();
            low = random.nextLong();
        } finally {
            lock.unlock();
        }
        var id = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            id[i] = DIGITS[(int) (high >>> 59)];
            high = (high << 5) | (low >>> 59);
            low <<= 5;
        }
        return new String(id);
    }

    /** That many hexadecimal digits, at most 32. */
    String hex(int digits) {
        var text = new char[digits];
        long bits = 0;
        for (int i = 0; i < digits; i++) {
            if (i % 16 == 0) bits = nextLong();
            text[i] = HEX[(int) (bits >>> 60)];
            bits <<= 4;
        }
        return new String(text);
    }

    /** For the jitter of waits: never shared unlocked. */
    long nextLong() {
        lock.lock();
        try {
            return random.nextLong();
        } finally {
            lock.unlock();
        }
    }
}
