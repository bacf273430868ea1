package dev.skein.models.wire;

import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.Part;
import dev.skein.model.ProviderTool;
import dev.skein.model.Usage;
import dev.skein.tool.ToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An answer while it comes in: tells each piece to the listener and keeps it. Pieces of a call
 * belong together by the index that the provider gives them.
 */
public final class Gathering {
    private final DeltaListener deltas;
    private final Envelope envelope;
    private final List<Part> parts = new ArrayList<>(2);
    private final Map<Integer, Call> calls = new LinkedHashMap<>();
    private final Set<ProviderTool> used = EnumSet.noneOf(ProviderTool.class);
    private final StringBuilder open = new StringBuilder();
    private boolean thinking;
    private long characters;

    private static final class Call {
        private final String id;
        private final String name;
        private final StringBuilder arguments = new StringBuilder();

        Call(String id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    /** Nothing yet. */
    public Gathering(DeltaListener deltas, Envelope envelope) {
        this.deltas = deltas;
        this.envelope = envelope;
    }

    /** A piece of the text. */
    public void text(String piece) {
        characters += piece.length();
        keep(envelope.take(piece));
    }

    /** A piece of what the model thinks. */
    public void reasoning(String piece) {
        if (piece.isEmpty()) return;
        if (!thinking) endPart("");
        thinking = true;
        characters += piece.length();
        open.append(piece);
        deltas.on(new Delta.Reasoning(piece));
    }

    /** The thought so far is whole, and this is the proof of it. */
    public void signature(String signature) {
        if (!thinking) endPart("");
        thinking = true;
        endPart(signature);
    }

    /** A call begins. */
    public void call(int index, String id, String name) {
        calls.put(index, new Call(id, name));
        deltas.on(new Delta.CallStarted(id, name));
    }

    /** The id of the call of that index, which has begun. */
    public String callId(int index) {
        return call(index).id;
    }

    /** How many calls have begun. */
    public int calls() {
        return calls.size();
    }

    /** Whether a call of that index has begun. */
    public boolean hasCall(int index) {
        return calls.containsKey(index);
    }

    /** A piece of the arguments of a call that has begun. */
    public void arguments(int index, String piece) {
        var call = call(index);
        characters += piece.length();
        call.arguments.append(piece);
        if (!piece.isEmpty()) deltas.on(new Delta.CallArguments(call.id, piece));
    }

    /** The provider has counted so much until now. */
    public void counted(Usage soFar) {
        deltas.counted(soFar);
    }

    /** The provider says that it did this by itself. */
    public void used(ProviderTool tool) {
        used.add(tool);
    }

    /** What the provider did by itself, as far as it said so. */
    public Set<ProviderTool> used() {
        return used;
    }

    /** Characters of the answer so far, of whatever kind. */
    public long characters() {
        return characters;
    }

    /** The whole answer, which has ended. */
    public Message.Assistant message(ModelCall asked, Instant at) {
        keep(envelope.rest());
        endPart("");
        var wanted = new ArrayList<ToolCall>(calls.size());
        for (var call : calls.values())
            wanted.add(
                    new ToolCall(
                            call.id,
                            call.name,
                            ToolInput.read(asked, call.name, call.arguments.toString())));
        return new Message.Assistant(parts, wanted, at);
    }

    private Call call(int index) {
        var call = calls.get(index);
        if (call == null) throw new IllegalStateException("no call " + index + " has begun");
        return call;
    }

    private void keep(String text) {
        if (text.isEmpty()) return;
        if (thinking) endPart("");
        open.append(text);
        deltas.on(new Delta.Text(text));
    }

    private void endPart(String signature) {
        if (thinking && (!open.isEmpty() || !signature.isEmpty()))
            parts.add(new Part.Reasoning(open.toString(), signature));
        else if (!open.isEmpty()) parts.add(new Part.Text(open.toString()));
        open.setLength(0);
        thinking = false;
    }
}
