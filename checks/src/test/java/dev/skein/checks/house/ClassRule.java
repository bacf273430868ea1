package dev.skein.checks.house;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A rule that compiled classes must keep; it names each place in a class that breaks it. */
record ClassRule(String name, Function<JavaClass, Stream<String>> findings) {

    private static final Pattern CAMEL = Pattern.compile("(?=[A-Z])");
    private static final Set<String> EMPTY_WORDS =
            Set.of(
                    "Manager",
                    "Helper",
                    "Util",
                    "Utils",
                    "Impl",
                    "Default",
                    "Base",
                    "Abstract",
                    "Service",
                    "Info",
                    "Data");
    private static final List<String> PROMISES =
            List.of(
                    "java.util.concurrent.Future",
                    "java.util.concurrent.CompletableFuture",
                    "java.util.concurrent.CompletionStage",
                    "java.util.concurrent.Flow");

    /** Rules for what is shipped. */
    static final List<ClassRule> ALL =
            List.of(
                    calls("sleep", "java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep"),
                    calls(
                            "wall-clock",
                            "java.lang.System.currentTimeMillis",
                            "java.time.Instant.now",
                            "java.time.ZonedDateTime.now",
                            "java.time.OffsetDateTime.now",
                            "java.time.LocalDateTime.now",
                            "java.time.LocalDate.now",
                            "java.time.LocalTime.now"),
                    calls("nano-time", "java.lang.System.nanoTime"),
                    uses(
                            "timers",
                            "java.util.Timer",
                            "java.util.concurrent.ScheduledExecutorService",
                            "java.util.concurrent.ScheduledThreadPoolExecutor"),
                    new ClassRule("futures", ClassRule::promisesInSignatures),
                    calls(
                            "randomness",
                            "java.lang.Math.random",
                            "java.util.UUID.randomUUID",
                            "java.util.concurrent.ThreadLocalRandom.current"),
                    calls(
                            "reflection",
                            "java.lang.Class.forName",
                            "java.lang.Class.getDeclaredConstructor",
                            "java.lang.Class.getDeclaredConstructors",
                            "java.lang.Class.getDeclaredMethod",
                            "java.lang.Class.getDeclaredMethods",
                            "java.lang.Class.getMethod",
                            "java.lang.Class.getMethods",
                            "java.lang.Class.getDeclaredField",
                            "java.lang.Class.getDeclaredFields",
                            "java.lang.reflect.Method.invoke",
                            "java.lang.reflect.Constructor.newInstance"),
                    named("accessible", "setAccessible"),
                    uses(
                            "serialization",
                            "java.io.ObjectInputStream",
                            "java.io.ObjectOutputStream"),
                    calls("environment", "java.lang.System.getenv"),
                    calls(
                            "printing",
                            "java.lang.System.out",
                            "java.lang.System.err",
                            "java.lang.IO.println",
                            "java.lang.IO.print"),
                    named("stack-trace", "printStackTrace"),
                    calls(
                            "exit",
                            "java.lang.System.exit",
                            "java.lang.Runtime.exit",
                            "java.lang.Runtime.halt"),
                    uses(
                            "sockets",
                            "java.net.Socket",
                            "java.net.ServerSocket",
                            "java.net.DatagramSocket",
                            "java.net.URLConnection",
                            "java.net.HttpURLConnection",
                            "java.net.http.",
                            "java.nio.channels.SocketChannel",
                            "java.nio.channels.ServerSocketChannel",
                            "javax.net.",
                            "com.sun.net.httpserver."),
                    uses("jackson", "tools.jackson.", "com.fasterxml.jackson."),
                    new ClassRule("static-state", ClassRule::changingStatics),
                    new ClassRule("names", ClassRule::emptyWords));

    /** Rules for tests too. */
    static final List<ClassRule> TESTS =
            ALL.stream().filter(rule -> rule.name.equals("sleep")).toList();

    Stream<Breach> breaches(JavaClass type) {
        return findings.apply(type).distinct().map(what -> new Breach(name, type.getName(), what));
    }

    @Override
    public String toString() {
        return name;
    }

    private static ClassRule calls(String name, String... members) {
        return accesses(name, access -> Set.of(members).contains(member(access)));
    }

    private static ClassRule named(String name, String method) {
        return accesses(name, access -> access.getTarget().getName().equals(method));
    }

    private static ClassRule accesses(String name, Predicate<JavaAccess<?>> banned) {
        return new ClassRule(
                name,
                type ->
                        type.getAccessesFromSelf().stream()
                                .filter(banned)
                                .map(access ->
                                        member(access) + " in line " + access.getLineNumber()));
    }

    private static ClassRule uses(String name, String... starts) {
        return new ClassRule(
                name,
                type ->
                        type.getDirectDependenciesFromSelf().stream()
                                .map(dependency ->
                                        dependency
                                                .getTargetClass()
                                                .getBaseComponentType()
                                                .getName())
                                .filter(used ->
                                        Stream.of(starts)
                                                .anyMatch(start -> isOrHolds(start, used))));
    }

    /**
     * Whether the two are one class, or the first is a package (it ends with a dot) or a class
     * around the second.
     */
    private static boolean isOrHolds(String start, String used) {
        return used.equals(start) || used.startsWith(start.endsWith(".") ? start : start + "$");
    }

    private static String member(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }

    private static Stream<String> promisesInSignatures(JavaClass type) {
        Stream<JavaMember> members =
                Stream.concat(type.getFields().stream(), type.getCodeUnits().stream());
        return members.filter(member -> !member.getModifiers().contains(JavaModifier.PRIVATE))
                .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(member ->
                        member.getAllInvolvedRawTypes().stream().anyMatch(ClassRule::isPromise))
                .map(JavaMember::getName);
    }

    private static boolean isPromise(JavaType type) {
        return PROMISES.stream().anyMatch(promise -> isOrHolds(promise, type.getName()));
    }

    private static Stream<String> changingStatics(JavaClass type) {
        return type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                .map(JavaMember::getName);
    }

    private static Stream<String> emptyWords(JavaClass type) {
        return CAMEL.splitAsStream(type.getSimpleName()).filter(EMPTY_WORDS::contains);
    }
}
