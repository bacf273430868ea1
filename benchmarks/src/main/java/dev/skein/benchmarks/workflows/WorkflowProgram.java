package dev.skein.benchmarks.workflows;

import java.nio.file.Path;

/**
 * Measures workflows so many times, in a home that is given, and says the figures, each a line of
 * JSON. The first round is for the compiler.
 */
public final class WorkflowProgram {
    private WorkflowProgram() {}

    /** The home, how many rounds, and one part in how many of the full counts. */
    public static void main(String[] arguments) throws Exception {
        var rig = new Rig(Path.of(arguments[0]), Integer.parseInt(arguments[2]));
        int rounds = Integer.parseInt(arguments[1]);
        var figures = new Figures(System.out);
        for (int round = 0; round < rounds; round++) {
            new Children(rig, figures).measure();
            new Calls(rig, figures).measure();
            new Events(rig, figures).measure();
            new Meeting(rig, figures).measure();
            new Restarts(rig, figures).measure();
            new Kept(rig, figures).measure();
            System.out.println("ROUND " + round);
        }
        System.out.println("END");
    }
}
