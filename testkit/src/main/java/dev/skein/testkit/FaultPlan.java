package dev.skein.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which faults which request meets. */
final class FaultPlan {
    private record Entry(int number, boolean repeated, Fault fault) {
        boolean meets(int request) {
            return repeated ? request % number == 0 : request == number;
        }
    }

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    void at(int request, Fault fault) {
        add(new Entry(request, false, fault));
    }

    void every(int n, Fault fault) {
        add(new Entry(n, true, fault));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Fault> of(int request) {
        if (entries.isEmpty()) {
            return List.of();
        }
        var faults = new ArrayList<Fault>();
        for (var entry : entries) {
            if (entry.meets(request)) {
                faults.add(entry.fault);
            }
        }
        return faults;
    }

    private void add(Entry entry) {
        if (entry.number < 1) {
            throw new IllegalArgumentException("requests are counted from 1, not " + entry.number);
        }
        entries.add(entry);
    }
}
