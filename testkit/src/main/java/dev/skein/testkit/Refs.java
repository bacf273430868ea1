package dev.skein.testkit;

import dev.skein.event.BudgetEvent;
import dev.skein.event.Event;
import dev.skein.event.GuardEvent;
import dev.skein.event.HarnessEvent;
import dev.skein.event.MachineEvent;
import dev.skein.event.ModelEvent;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RuntimeEvent;
import dev.skein.event.SessionEvent;
import dev.skein.event.ToolEvent;
import dev.skein.event.TurnEvent;
import dev.skein.event.WorkflowEvent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The kept texts that an event refers to. */
final class Refs {
    private Refs() {}

    static List<Ref> of(Event event) {
        return switch (event) {
            case RunEvent.RunSubmitted(_, var input, _, _) -> List.of(input);
            case RunEvent.RunEnded ended ->
                    Stream.of(ended.outcome().output(), ended.outcome().partial())
                            .filter(Objects::nonNull)
                            .toList();
            case ModelEvent.ModelAnswered(_, var message, _, _, _) -> List.of(message);
            case ToolEvent.ToolCalled(_, _, var arguments, _, _) -> List.of(arguments);
            case ToolEvent.ToolProgressed(_, var text) -> List.of(text);
            case ToolEvent.ToolReturned(_, var result, _, _, _) -> List.of(result);
            case SessionEvent.MessageAdded(var message, _) -> List.of(message);
            case SessionEvent.SessionCompacted(_, _, var summary) -> List.of(summary);
            case SessionEvent.BackgroundGiven(var background, _) -> List.of(background);
            case GuardEvent.ApprovalAsked(_, _, _, var arguments, _) -> List.of(arguments);
            case SessionEvent.MessageSent(_, _, _, var text) -> List.of(text);
            case WorkflowEvent.EndpointCalled(_, _, var arguments, _) -> List.of(arguments);
            case WorkflowEvent.EndpointReturned(_, _, _, var result, _) ->
                    Stream.ofNullable(result).toList();
            case WorkflowEvent.Nudged(_, _, var text) -> List.of(text);
            case MachineEvent.CommandRan(var command, _, _, _) -> List.of(command);
            case HarnessEvent.HarnessSaid(_, var text) -> List.of(text);
            case HarnessEvent.HarnessReported(_, var data) -> List.of(data);
            case HarnessEvent.HarnessExited(_, _, var how) -> List.of(how);
            case Event.Emitted _, WorkflowEvent _, HarnessEvent _, MachineEvent _ -> List.of();
            case RunEvent _, TurnEvent _, ModelEvent _, ToolEvent _, SessionEvent _ -> List.of();
            case BudgetEvent _, GuardEvent _, RuntimeEvent _, Event.Gap _ -> List.of();
        };
    }
}
