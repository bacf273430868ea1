package dev.skein.runtime;

import dev.skein.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls of an agent that thinks elsewhere, each of which is carried out once, however often it
 * is asked for. Thread-safe.
 */
final class Answers {
    private static final int KEPT = 1_000;
    private static final int SHOWN = 2_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Call> calls = new LinkedHashMap<>();

    private static final class Call {
        private final String tool;
        private @Nullable ToolResult result;
        private boolean heard;

        Call(String tool) {
            this.tool = tool;
        }

        boolean isOver() {
            return result != null && heard;
        }
    }

    /** False: that call was asked for before. */
    boolean begin(String call, String tool) {
        lock.lock();
        try {
            if (calls.putIfAbsent(call, new Call(tool)) != null) return false;
            if (calls.size() > KEPT) forget();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        var oldest = calls.entrySet().iterator();
        while (calls.size() > KEPT && oldest.hasNext())
            if (oldest.next().getValue().isOver()) oldest.remove();
    }

    void ended(ToolResult result) {
        lock.lock();
        try {
            var call = calls.get(result.callId());
            if (call != null) call.result = result;
        } finally {
            lock.unlock();
        }
    }

    /** What came of that call; null: it is not known, or under way. */
    @Nullable ToolResult of(String id) {
        lock.lock();
        try {
            var call = calls.get(id);
            return call == null ? null : call.result;
        } finally {
            lock.unlock();
        }
    }

    /** The agent knows what came of it. */
    void heard(String id) {
        lock.lock();
        try {
            var call = calls.get(id);
            if (call != null) call.heard = true;
        } finally {
            lock.unlock();
        }
    }

    /** What came of the calls of which the agent does not know, in words; from now on it does. */
    String unheard() {
        lock.lock();
        try {
            var said = new StringBuilder();
            calls.forEach((id, call) -> {
                if (call.heard) return;
                said.append("\nYour call of ").append(call.tool).append(" (").append(id);
                said.append(
                        call.result == null ? ") was broken off; what it did is unknown." : ") ");
                if (call.result != null)
                    said.append(call.result.error() ? "failed: " : "was carried out: ")
                            .append(beginning(call.result.text()));
                call.heard = true;
            });
            return said.toString();
        } finally {
            lock.unlock();
        }
    }

    private static String beginning(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
