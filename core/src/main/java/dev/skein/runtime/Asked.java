package dev.skein.runtime;

import dev.skein.event.GuardEvent;
import dev.skein.event.Ref;
import dev.skein.event.RunStatus;
import dev.skein.tool.Approval;
import dev.skein.tool.Approver;
import dev.skein.tool.ToolCall;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call that must be asked for. Anything but a clear yes of one approver is a no; nobody there
 * is a no.
 */
record Asked(LiveRun<?> run, ToolCall call, Ref arguments, List<String> reasons) {
    /** Why it may not run, or empty if it may. Blocks; the run's time stands still meanwhile. */
    Optional<String> refusal() throws InterruptedException {
        var approval =
                new Approval(
                        run.engine().ids().next(),
                        run.id(),
                        run.name(),
                        run.namespace(),
                        call,
                        reasons);
        run.record(
                new GuardEvent.ApprovalAsked(
                        approval.id(), call.id(), call.name(), arguments, reasons));
        run.status(RunStatus.INPUT_REQUIRED);
        var desk = run.desk();
        try (var _ = run.clock().pause();
                var _ = desk == null ? null : desk.waiting()) {
            return answered(approval);
        } finally {
            run.status(RunStatus.WORKING);
        }
    }

    private Optional<String> answered(Approval approval) throws InterruptedException {
        for (var approver : run.engine().config().policies().approvers()) {
            var by = name(approver);
            switch (answer(approver, approval)) {
                case null -> {
                    return no(approval, by, "it gave no answer");
                }
                case Approver.Answer.Later() -> {}
                case Approver.Answer.Deny(var reason) -> {
                    return no(approval, by, reason);
                }
                case Approver.Answer.Allow(var note) -> {
                    run.record(new GuardEvent.ApprovalAnswered(approval.id(), by, true, note));
                    return Optional.empty();
                }
            }
        }
        return no(approval, "nobody", "nobody is there to approve it");
    }

    /** What a lambda is called differs from run to run, and the model reads it. */
    private static String name(Approver approver) {
        var type = approver.getClass();
        return type.isHidden() ? "an approver" : type.getSimpleName();
    }

    private Approver.@Nullable Answer answer(Approver approver, Approval approval)
            throws InterruptedException {
        try {
            return approver.decide(approval);
        } catch (RuntimeException e) {
            return new Approver.Answer.Deny(
                    "the approver threw " + Failures.simpleName(e) + ": " + e.getMessage());
        }
    }

    private Optional<String> no(Approval approval, String by, String reason) {
        run.record(new GuardEvent.ApprovalAnswered(approval.id(), by, false, reason));
        return Optional.of("denied by " + by + ": " + reason);
    }
}
