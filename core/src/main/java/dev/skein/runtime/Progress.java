package dev.skein.runtime;

import dev.skein.agent.Partial;
import dev.skein.failure.Failure;
import dev.skein.model.Message;
import dev.skein.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a run has done so far. Written by the run's thread and, for usage, by those of its children.
 */
final class Progress {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Message> finished = new ArrayList<>();
    private final List<Failure> suppressed = new ArrayList<>();
    private Usage usage = Usage.none();
    private String model = "";
    private String lastText = "";
    private int turns;
    private volatile int rung;

    /** Everything at one moment. */
    record Seen(Usage usage, int turns, String model, Partial partial, List<Failure> suppressed) {}

    void spent(Usage more) {
        lock.lock();
        try {
            usage = usage.plus(more);
        } finally {
            lock.unlock();
        }
    }

    void asked(String model) {
        lock.lock();
        try {
            this.model = model;
            turns++;
        } finally {
            lock.unlock();
        }
    }

    /** The model that answered, when it was not the one that was asked first. */
    void switchedTo(String model) {
        lock.lock();
        try {
            this.model = model;
        } finally {
            lock.unlock();
        }
    }

    void said(String text) {
        lock.lock();
        try {
            lastText = text;
        } finally {
            lock.unlock();
        }
    }

    void finished(List<Message> messages) {
        lock.lock();
        try {
            finished.addAll(messages);
        } finally {
            lock.unlock();
        }
    }

    /** It went wrong while the run was cleaned up, and changes nothing of its result. */
    void suppressed(Failure failure) {
        lock.lock();
        try {
            suppressed.add(failure);
        } finally {
            lock.unlock();
        }
    }

    /** So often its agent was seen going round in circles, since something new began. */
    void climbed(int rung) {
        this.rung = rung;
    }

    int rung() {
        return rung;
    }

    Usage usage() {
        lock.lock();
        try {
            return usage;
        } finally {
            lock.unlock();
        }
    }

    Seen seen() {
        lock.lock();
        try {
            return new Seen(
                    usage, turns, model, new Partial(lastText, finished), List.copyOf(suppressed));
        } finally {
            lock.unlock();
        }
    }
}
