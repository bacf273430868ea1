package dev.skein.event;

import dev.skein.json.Discriminator;
import dev.skein.json.Json;

/**
 * An immutable fact; one record per kind. Who, where and when are in the {@link Origin} of its
 * {@link Entry}. Texts of people, models and tools are held by {@link Ref}.
 */
@Discriminator(EntryJson.KIND)
public sealed interface Event
        permits RunEvent,
                TurnEvent,
                ModelEvent,
                ToolEvent,
                SessionEvent,
                WorkflowEvent,
                HarnessEvent,
                BudgetEvent,
                GuardEvent,
                MachineEvent,
                RuntimeEvent,
                Event.Emitted,
                Event.Gap {
    /** What a program or a tool says of itself. */
    record Emitted(String type, Json data) implements Event {}

    /** Made by a reader for entries that are gone; never stored. */
    record Gap(long fromSeq, long toSeq) implements Event {}

    /** The kind's name on the wire and on disk: the record's name in lower snake case. */
    default String kind() {
        return KindNames.OF.get(getClass());
    }
}
