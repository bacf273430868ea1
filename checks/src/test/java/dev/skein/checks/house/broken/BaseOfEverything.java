package dev.skein.checks.house.broken;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.lang.reflect.AccessibleObject;
import java.net.Socket;
import java.time.Instant;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Breaks every rule for classes. It is compiled and read, never run. */
public final class BaseOfEverything {

    static @Nullable String changing;

    final JsonToken token = JsonToken.START_OBJECT;

    CompletableFuture<String> promise() {
        return new CompletableFuture<>();
    }

    void clocks(Timer timer) throws InterruptedException {
        Thread.sleep(Instant.now().toEpochMilli() + System.nanoTime());
        timer.cancel();
    }

    double dice() {
        return Math.random();
    }

    void open(AccessibleObject member) throws ReflectiveOperationException {
        member.setAccessible(true);
        changing = Class.forName("java.lang.String").getName();
    }

    void wires(byte[] bytes) throws IOException {
        try (Socket socket = new Socket();
                var objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            socket.setTcpNoDelay(objects.readBoolean());
        }
    }

    void leave(Throwable failure) {
        failure.printStackTrace();
        System.out.println(System.getenv("PATH"));
        System.exit(1);
    }
}
