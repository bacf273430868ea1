package dev.skein.testkit;

import dev.skein.json.Json;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;

/**
 * Plays an agent by what it is told: each line of a message is a command. Anything that is none is
 * said back.
 *
 * <ul>
 *   <li>{@code say TEXT}: {@code $} stands for what came of the last call
 *   <li>{@code call TOOL JSON}: and waits for the result
 *   <li>{@code begin TOOL JSON}: and goes on; {@code await}: for the oldest that was begun
 *   <li>{@code again}, {@code cancel}: the newest that was begun
 *   <li>{@code ask TOOL JSON}: for a tool of its own
 *   <li>{@code tools}, {@code epoch}, {@code conversation}: says it
 *   <li>{@code move NAME}: its conversation; {@code note TYPE JSON}
 *   <li>{@code fail PROBLEM}, {@code stumble PROBLEM}: its turn, for good or for now
 *   <li>{@code drop}, {@code back}: its link
 *   <li>{@code hang}: until it is interrupted; {@code exit CODE}, {@code die}
 *   <li>{@code first COMMAND}: only in its first start; {@code later COMMAND}: only in a later one
 * </ul>
 */
public final class AgentScript {
    private final PlayedAgent agent;
    private final ArrayDeque<String> begun = new ArrayDeque<>();
    private String last = "";

    private AgentScript(PlayedAgent agent) {
        this.agent = agent;
    }

    /** Does what the text says. */
    public static void play(String text, PlayedAgent agent) throws InterruptedException {
        var script = new AgentScript(agent);
        for (var line : text.lines().toList()) script.line(line.strip());
    }

    private void line(String line) throws InterruptedException {
        int space = line.indexOf(' ');
        var word = space < 0 ? line : line.substring(0, space);
        var rest = space < 0 ? "" : line.substring(space + 1).strip();
        switch (word) {
            case "first" -> {
                if (agent.epoch() == 1) line(rest);
            }
            case "later" -> {
                if (agent.epoch() > 1) line(rest);
            }
            case "call", "begin", "again", "await", "cancel", "ask" -> ofTools(word, rest);
            case "drop", "back", "hang", "exit", "die" -> ofProgram(word, rest);
            case "fail" -> agent.fail(rest, false);
            case "stumble" -> agent.fail(rest, true);
            default -> words(word, rest, line);
        }
    }

    private void ofTools(String word, String rest) throws InterruptedException {
        switch (word) {
            case "call" -> {
                begin(rest);
                last = agent.result(begun.removeLast()).text();
            }
            case "begin" -> begin(rest);
            case "again" -> agent.again(begun.getLast());
            case "await" -> last = agent.result(begun.removeFirst()).text();
            case "cancel" -> agent.cancel(begun.removeLast());
            default -> {
                int space = rest.indexOf(' ');
                last = agent.ask(rest.substring(0, space), Json.parse(rest.substring(space)));
            }
        }
    }

    private void begin(String rest) {
        int space = rest.indexOf(' ');
        var arguments = space < 0 ? Json.object() : Json.parse(rest.substring(space + 1));
        begun.add(agent.begin(space < 0 ? rest : rest.substring(0, space), arguments));
    }

    private void ofProgram(String word, String rest) throws InterruptedException {
        switch (word) {
            case "drop" -> agent.drop();
            case "back" -> agent.comeBack();
            case "exit" -> agent.exit(Integer.parseInt(rest));
            case "die" -> agent.die();
            default -> new CountDownLatch(1).await();
        }
    }

    private void words(String word, String rest, String line) {
        switch (word) {
            case "say" -> agent.say(rest.replace("$", last));
            case "tools" -> agent.say(agent.tools());
            case "epoch" -> agent.say(Long.toString(agent.epoch()));
            case "conversation" -> agent.say(agent.conversation());
            case "move" -> agent.moveTo(rest);
            case "note" -> {
                int space = rest.indexOf(' ');
                agent.note(rest.substring(0, space), Json.parse(rest.substring(space)));
            }
            default -> {
                if (!line.isEmpty()) agent.say(line);
            }
        }
    }
}
