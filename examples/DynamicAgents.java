import module dev.skein.core;

record Hire(@Description("name of the expert") String name, @Description("what it knows") String skill) {}

/** A lead that hires experts while it works: an agent is data, and a session is one call away. */
static final Workflow<List<String>, Map<String, String>> STAFF =
        Workflow.named("staff", (scope, skills) -> {
            IO.println("run " + scope.info().id());
            var answers = new TreeMap<String, String>();
            var lead = scope.open(ModelAgent.of("lead").withModel("offline:any"));
            lead.on("hire", "Hires an expert.", Hire.class, hire -> {
                for (var skill : skills) {
                    var expert = ModelAgent.of("expert-of-" + skill).withPersona("expert of " + skill).withModel("offline:");
                    answers.put(skill, scope.open(expert).ask("What matters most in " + skill + "?"));
                }
                return scope.sessions().size() + " sessions are open";
            });
            lead.ask("Hire whom you need.");
            scope.sessions().keySet().forEach(name -> IO.println("open: " + name));
            return answers;
        });

void main() throws InterruptedException {
    STAFF.call(List.of("cooking", "rust", "sailing")).forEach((skill, answer) -> IO.println(skill + ": " + answer));
}
