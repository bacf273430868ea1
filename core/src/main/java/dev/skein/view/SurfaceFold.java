package dev.skein.view;

import dev.skein.event.Entry;
import dev.skein.event.GuardEvent;
import dev.skein.event.Ref;
import dev.skein.event.WorkflowEvent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The endpoints, connections, calls and approvals of one run, from its entries. */
final class SurfaceFold {
    private static final int CALLS = 10;

    private final Set<RunPicture.Connection> connections = new LinkedHashSet<>();
    private final Map<String, RunPicture.Endpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, RunPicture.Call> calls = new LinkedHashMap<>();
    private final Map<String, RunPicture.Approval> approvals = new LinkedHashMap<>();

    boolean asks() {
        return !approvals.isEmpty();
    }

    /** True if what it consists of changed. */
    boolean see(Entry entry, Function<Ref, Optional<String>> content) {
        return switch (entry.event()) {
            case WorkflowEvent event -> see(event, entry, content);
            case GuardEvent.ApprovalAsked asked -> {
                approvals.put(asked.id(), approval(asked, entry, content));
                yield true;
            }
            case GuardEvent.ApprovalAnswered answered -> approvals.remove(answered.id()) != null;
            default -> false;
        };
    }

    private boolean see(WorkflowEvent event, Entry entry, Function<Ref, Optional<String>> content) {
        switch (event) {
            case WorkflowEvent.EndpointExposed exposed ->
                    endpoints.put(exposed.name(), endpoint(exposed));
            case WorkflowEvent.EndpointWithdrawn(var name) -> endpoints.remove(name);
            case WorkflowEvent.Connected(var from, var to) ->
                    connections.add(new RunPicture.Connection(from, to));
            case WorkflowEvent.Disconnected(var from, var to) ->
                    connections.remove(new RunPicture.Connection(from, to));
            case WorkflowEvent.ChildRestarted _, WorkflowEvent.Escalated _ -> {
                return true;
            }
            case WorkflowEvent.EndpointCalled called -> {
                add(call(called, entry, content));
                return false;
            }
            case WorkflowEvent.EndpointReturned back -> {
                calls.computeIfPresent(
                        back.call(), (_, call) -> call.returned(back.took(), back.failure()));
                return false;
            }
            case WorkflowEvent.Bubbled _, WorkflowEvent.Nudged _ -> {
                return false;
            }
        }
        return true;
    }

    /** A session that has ended has no connections. */
    void forget(String session) {
        connections.removeIf(edge -> edge.from().equals(session) || edge.to().equals(session));
    }

    /** What a run that has ended asked for is not waited for. */
    void forgetApprovals(String run) {
        approvals.values().removeIf(approval -> approval.run().equals(run));
    }

    RunPicture.Surface picture() {
        return new RunPicture.Surface(
                List.copyOf(connections),
                List.copyOf(endpoints.values()),
                List.copyOf(calls.values()),
                List.copyOf(approvals.values()));
    }

    private void add(RunPicture.Call call) {
        calls.put(call.call(), call);
        if (calls.size() > CALLS) calls.remove(calls.keySet().iterator().next());
    }

    private static RunPicture.Endpoint endpoint(WorkflowEvent.EndpointExposed exposed) {
        return new RunPicture.Endpoint(
                exposed.name(),
                Signature.of(exposed.name(), exposed.schema()),
                exposed.description(),
                exposed.schema(),
                exposed.internal());
    }

    private static RunPicture.Call call(
            WorkflowEvent.EndpointCalled called,
            Entry entry,
            Function<Ref, Optional<String>> content) {
        return new RunPicture.Call(
                entry.at(),
                called.call(),
                called.endpoint(),
                content.apply(called.arguments()).orElse(""),
                called.caller(),
                null,
                null);
    }

    private static RunPicture.Approval approval(
            GuardEvent.ApprovalAsked asked, Entry entry, Function<Ref, Optional<String>> content) {
        return new RunPicture.Approval(
                asked.id(),
                entry.origin().run(),
                entry.origin().path(),
                asked.tool(),
                content.apply(asked.arguments()).orElse(""),
                asked.reasons(),
                entry.at());
    }
}
