package dev.skein.runtime;

import dev.skein.event.WorkflowEvent;
import dev.skein.failure.Denied;
import dev.skein.failure.Limit;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.tool.Tool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whom a live session may message and send files. An edge joins two sessions, not two names, and is
 * gone with either of them.
 */
final class Peers {
    static final Set<String> NAMES = Set.of("message", "send_file", "download_file");
    private static final int MOST = 1_000;
    private static final long MINUTE = 60_000_000_000L;

    private final LiveSession self;
    private final Map<LiveSession, Edge> outgoing = new ConcurrentHashMap<>();
    private final Set<LiveSession> incoming = ConcurrentHashMap.newKeySet();

    /** When it was used of late. */
    private static final class Edge {
        private final ReentrantLock lock = new ReentrantLock();
        private final ArrayDeque<Long> used = new ArrayDeque<>();

        boolean use(long now, int mostAMinute) {
            lock.lock();
            try {
                while (!used.isEmpty() && now - used.getFirst() >= MINUTE) used.removeFirst();
                if (used.size() >= mostAMinute) return false;
                used.add(now);
                return true;
            } finally {
                lock.unlock();
            }
        }
    }

    Peers(LiveSession self) {
        this.self = self;
    }

    static void connect(LiveSession from, LiveSession to) {
        var edges = from.peers().outgoing;
        if (edges.size() >= MOST)
            throw new SkeinException(new Limit.Load("connections of '" + from.path() + "'", MOST));
        if (edges.putIfAbsent(to, new Edge()) != null) return;
        to.peers().incoming.add(from);
        from.scope().record(new WorkflowEvent.Connected(from.path(), to.path()));
        from.peers().offer();
        to.peers().offer();
    }

    static void disconnect(LiveSession from, LiveSession to) {
        if (from.peers().outgoing.remove(to) == null) return;
        to.peers().incoming.remove(from);
        from.scope().record(new WorkflowEvent.Disconnected(from.path(), to.path()));
        from.peers().offer();
        to.peers().offer();
    }

    /** The session has ended, and every edge of it. */
    void end() {
        for (var to : outgoing.keySet()) disconnect(self, to);
        for (var from : incoming) disconnect(from, self);
    }

    private void offer() {
        var tools = new ArrayList<Tool>();
        var to = names(outgoing.keySet());
        var from = names(incoming);
        if (!to.isEmpty()) {
            tools.add(PeerTools.message(this, to));
            tools.add(PeerTools.sendFile(this, to));
        }
        if (!from.isEmpty()) tools.add(PeerTools.downloadFile(this, from));
        self.tools().give(SessionTools.Engines.PEERS, List.copyOf(tools));
    }

    private static List<String> names(Set<LiveSession> peers) {
        return peers.stream().map(LiveSession::name).sorted().distinct().toList();
    }

    LiveSession self() {
        return self;
    }

    /**
     * Whom it may reach under that name, or that path's end, now.
     *
     * @throws SkeinException with {@code missing.session}, {@code denied.connection}, {@code
     *     limit.load}
     */
    LiveSession reach(String name) {
        var peer = find(outgoing.keySet(), name);
        if (peer == null) throw unreachable(self.name(), name, outgoing.keySet());
        var edge = outgoing.get(peer);
        if (edge == null) throw unreachable(self.name(), name, outgoing.keySet());
        var engine = self.scope().engine();
        int most = engine.config().stores().control().peerRate();
        if (!edge.use(engine.time().nanos(), most))
            throw new SkeinException(
                    new Limit.Load("messages a minute to '" + peer.name() + "'", most));
        return peer;
    }

    /** The session of which it may take files. */
    LiveSession owner(String name) {
        var owner = find(incoming, name);
        if (owner == null) throw unreachable(name, self.name(), incoming);
        return owner;
    }

    private static @Nullable LiveSession find(Set<LiveSession> peers, String name) {
        var found =
                peers.stream()
                        .filter(peer ->
                                peer.name().equalsIgnoreCase(name)
                                        || peer.path().equalsIgnoreCase(name)
                                        || peer.path().endsWith("/" + name))
                        .toList();
        return found.size() == 1 ? found.getFirst() : null;
    }

    private SkeinException unreachable(String from, String to, Set<LiveSession> peers) {
        var named = from.equals(self.name()) ? to : from;
        boolean known =
                self.scope().sessions().keySet().stream()
                        .anyMatch(name -> name.equalsIgnoreCase(named));
        return new SkeinException(
                known ? new Denied.Connection(from, to) : new Missing.Session(named, names(peers)));
    }
}
