package dev.skein.testkit;

import dev.skein.event.BudgetEvent;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.GuardEvent;
import dev.skein.event.HarnessEvent;
import dev.skein.event.Journal;
import dev.skein.event.MachineEvent;
import dev.skein.event.ModelEvent;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RuntimeEvent;
import dev.skein.event.SessionEvent;
import dev.skein.event.ToolEvent;
import dev.skein.event.TurnEvent;
import dev.skein.event.WorkflowEvent;
import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells a run from its entries. */
final class Telling {
    private final Journal journal;
    private final Map<String, String> tools = new HashMap<>();
    private final List<Beat> beats = new ArrayList<>();
    private int turn;

    private Telling(Journal journal) {
        this.journal = journal;
    }

    static List<Beat> of(List<Entry> entries, Journal journal) {
        var telling = new Telling(journal);
        for (var entry : entries) telling.tell(entry.event());
        return List.copyOf(telling.beats);
    }

    private void tell(Event event) {
        switch (event) {
            case RunEvent of -> run(of);
            case TurnEvent of -> turn(of);
            case ModelEvent of -> model(of);
            case ToolEvent of -> tool(of);
            case GuardEvent of -> guard(of);
            case RuntimeEvent.ObserverFailed(var name, var failure) ->
                    note(name + " failed: " + failure.message());
            case BudgetEvent.BudgetRefused(_, var failure) -> note(failure.message());
            case SessionEvent.SessionRepaired(var what) -> note("session repaired: " + what);
            case SessionEvent.SessionCompacted(var from, var to, _) ->
                    note("messages " + from + " to " + to + " were condensed");
            case SessionEvent.BackgroundGiven(_, var from) ->
                    note("saw background of '" + from + "'");
            case Event.Emitted(var type, _) -> note("emitted " + type);
            case Event.Gap(var from, var to) -> note("entries " + from + " to " + to + " are gone");
            case BudgetEvent.Reserved _, BudgetEvent.Settled _ -> {}
            case SessionEvent.MessageSent(_, var from, _, var text) ->
                    note(from + " says: " + text(text));
            case SessionEvent.MessageDropped(_, var why) -> note("a message was dropped: " + why);
            case SessionEvent.SessionChanged(_, var to, var cause) ->
                    note("session is " + to + (cause == null ? "" : ": " + cause.message()));
            case SessionEvent.MessageAdded _, SessionEvent.MessageSeen _ -> {}
            case SessionEvent.MessageDelivered _ -> {}
            case SessionEvent.SessionOpened _ -> {}
            case WorkflowEvent of -> workflow(of);
            case MachineEvent of -> machine(of);
            case HarnessEvent of -> harness(of);
            case RuntimeEvent.RuntimeStarted _, RuntimeEvent.RuntimeStopped _ -> {}
        }
    }

    private void machine(MachineEvent event) {
        switch (event) {
            case MachineEvent.MachineLost(var name, var failure) ->
                    note("machine " + name + " is lost: " + failure.message());
            case MachineEvent.CommandRan(var command, var exit, _, _) ->
                    note("ran " + text(command) + ": " + exit);
            case MachineEvent.MachineCreating _, MachineEvent.MachineReady _ -> {}
            case MachineEvent.MachineStopped _ -> {}
        }
    }

    private void run(RunEvent event) {
        switch (event) {
            case RunEvent.RunSubmitted(_, var input, _, _) -> note("given " + text(input));
            case RunEvent.RunRetried(var attempt, var failure, _) ->
                    note("tried again (" + attempt + ") after " + failure.message());
            case RunEvent.CancelRequested(var by, var reason) ->
                    note("cancel asked for by " + by + ": " + reason);
            case RunEvent.OutcomeDecided(var by, var ok) ->
                    note("the outcome is decided by " + by + (ok ? "" : ": failed"));
            case RunEvent.RunStarted _, RunEvent.RunEnded _ -> {}
            case RunEvent.BatchStarted _, RunEvent.BatchEnded _ -> {}
        }
    }

    private void turn(TurnEvent event) {
        switch (event) {
            case TurnEvent.TurnStarted(var number, _, _) -> turn = number;
            case TurnEvent.RepairAsked(_, var problem) -> beats.add(new Beat.Repaired(problem));
            case TurnEvent.ContextTrimmed(var before, var after, var dropped, _) ->
                    note(
                            "context cut from %d to %d tokens, %d messages dropped"
                                    .formatted(before, after, dropped));
            case TurnEvent.AnswerTrimmed(_, var what) ->
                    note("of the answer: " + String.join(", ", what));
            case TurnEvent.TurnEnded _ -> {}
        }
    }

    private void model(ModelEvent event) {
        switch (event) {
            case ModelEvent.ModelAsked(_, var model, _, _, _) ->
                    beats.add(new Beat.Turn(turn, model));
            case ModelEvent.ModelAnswered(_, var message, _, _, _) ->
                    said(Json.parse(text(message)));
            case ModelEvent.ModelFailed(_, var failure, var attempt, _, _) ->
                    beats.add(new Beat.Tried(failure.code(), failure.message(), attempt));
            case ModelEvent.ModelSwitched(var from, var to, _) ->
                    note("switched from " + from + " to " + to);
            case ModelEvent.GateShut(var model, var until, _) ->
                    note(model + " is left alone until " + until);
            case ModelEvent.ModelChosen _ -> {}
        }
    }

    private void said(Json message) {
        var text =
                message.get("parts").items().stream().map(Json::text).collect(Collectors.joining());
        if (!text.isEmpty()) beats.add(new Beat.Said(text));
    }

    private void tool(ToolEvent event) {
        switch (event) {
            case ToolEvent.ToolCalled(var id, var tool, var arguments, _, _) -> {
                tools.put(id, tool);
                beats.add(new Beat.Called(id, tool, text(arguments)));
            }
            case ToolEvent.ToolRefused(var id, var tool, _, var failure) ->
                    beats.add(new Beat.Refused(id, tool, failure.code(), failure.message()));
            case ToolEvent.ToolReturned(var id, var result, var error, _, _) ->
                    beats.add(new Beat.Returned(id, toolOf(id), text(result), error));
            case ToolEvent.ToolProgressed(var id, var text) ->
                    note(toolOf(id) + " says: " + text(text));
            case ToolEvent.ToolsetMissing(var toolset, var failure) ->
                    note("toolset " + toolset + " is missing: " + failure.message());
            case ToolEvent.ProviderToolsUsed(_, var tools) ->
                    note("the provider used " + tools.stream().sorted().toList());
            case ToolEvent.ThreadAbandoned(var thread, _, _) -> note("left behind: " + thread);
            case ToolEvent.ToolStarted _, ToolEvent.ToolOffered _, ToolEvent.ToolWithdrawn _ -> {}
        }
    }

    private void guard(GuardEvent event) {
        switch (event) {
            case GuardEvent.ApprovalAsked(_, _, var tool, _, var reasons) ->
                    beats.add(new Beat.Asked(tool, String.join("; ", reasons)));
            case GuardEvent.ApprovalAnswered(_, var by, var allowed, var why) ->
                    note(by + (allowed ? " allowed it" : " forbade it") + note(": ", why));
            case GuardEvent.LivelockSuspected(var pattern, var count, var reaction) ->
                    note("no progress: " + pattern + ", " + count + " times: " + reaction);
        }
    }

    private void workflow(WorkflowEvent event) {
        switch (event) {
            case WorkflowEvent.EndpointCalled(_, var endpoint, var arguments, var caller) ->
                    note(caller + " calls " + endpoint + text(arguments));
            case WorkflowEvent.EndpointReturned(_, var endpoint, _, var result, var failure) ->
                    note(
                            endpoint
                                    + (failure == null
                                            ? " returns " + (result == null ? "" : text(result))
                                            : " fails: " + failure.message()));
            case WorkflowEvent.Connected(var from, var to) -> note(from + " may message " + to);
            case WorkflowEvent.Disconnected(var from, var to) ->
                    note(from + " may not message " + to + " any more");
            case WorkflowEvent.Bubbled(var source, _, var path, var number) ->
                    note("entry " + number + " of " + path + " seen as " + source);
            case WorkflowEvent.ChildRestarted(var child, var attempt, _, _) ->
                    note("child " + child + " is started again (" + attempt + ")");
            case WorkflowEvent.Escalated(var child, var restarts, _) ->
                    note("gave up on child " + child + " after " + restarts + " restarts");
            case WorkflowEvent.Nudged(var path, var count, _) ->
                    note(path + " is nudged (" + count + ")");
            case WorkflowEvent.EndpointExposed _, WorkflowEvent.EndpointWithdrawn _ -> {}
        }
    }

    private void harness(HarnessEvent event) {
        switch (event) {
            case HarnessEvent.HarnessStarting(var kind, var epoch) ->
                    note(kind + " is started (" + epoch + ")");
            case HarnessEvent.HarnessSaid(_, var text) -> beats.add(new Beat.Said(text(text)));
            case HarnessEvent.HarnessReported(var type, var data) ->
                    note("its program says " + type + text(data));
            case HarnessEvent.HarnessExited(_, _, var how) ->
                    note("its program ended: " + text(how));
            case HarnessEvent.LinkLost _ -> note("its program is not heard");
            case HarnessEvent.LinkResumed _ -> note("its program is heard again");
            case HarnessEvent.HarnessReady _ -> {}
            case HarnessEvent.HarnessBusy _, HarnessEvent.HarnessIdle _ -> {}
        }
    }

    private static String note(String before, String text) {
        return text.isEmpty() ? "" : before + text;
    }

    private void note(String text) {
        beats.add(new Beat.Noted(text));
    }

    private String toolOf(String call) {
        return tools.getOrDefault(call, call);
    }

    private String text(Ref ref) {
        return journal.content(ref).orElse("(content is gone)");
    }
}
