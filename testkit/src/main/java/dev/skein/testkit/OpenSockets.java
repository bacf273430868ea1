package dev.skein.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The TCP sockets that this process holds, by inode, in words; known on Linux only. */
final class OpenSockets {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String PREFIX = "socket:[";
    private static final int LISTEN = 0x0A;

    private OpenSockets() {}

    static Map<String, String> now() {
        if (!Files.isDirectory(DESCRIPTORS)) return Map.of();
        var open = inodes();
        var sockets = new LinkedHashMap<String, String>();
        for (var table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"})
            for (var line : lines(Path.of(table))) {
                var fields = line.strip().split("\\s+");
                if (fields.length > 9 && open.contains(fields[9]))
                    sockets.put(fields[9], words(fields));
            }
        return sockets;
    }

    private static Set<String> inodes() {
        var inodes = new HashSet<String>();
        try (var links = Files.newDirectoryStream(DESCRIPTORS)) {
            for (var link : links) {
                var target = target(link);
                if (target.startsWith(PREFIX))
                    inodes.add(target.substring(PREFIX.length(), target.length() - 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The descriptors of this process cannot be listed", e);
        }
        return inodes;
    }

    private static String target(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException e) {
            return ""; // closed since the folder was listed
        }
    }

    private static Iterable<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table) : Set.of();
        } catch (IOException e) {
            throw new UncheckedIOException(table + " cannot be read", e);
        }
    }

    private static String words(String[] fields) {
        var local = address(fields[1]);
        return Integer.parseInt(fields[3], 16) == LISTEN
                ? "socket that listens on " + local
                : "socket from " + local + " to " + address(fields[2]);
    }

    /** The kernel prints each 32 bits of an address in its own order. */
    private static String address(String hex) {
        int colon = hex.indexOf(':');
        var printed =
                ByteBuffer.wrap(HexFormat.of().parseHex(hex.substring(0, colon)))
                        .order(ByteOrder.LITTLE_ENDIAN);
        var bytes = ByteBuffer.allocate(printed.capacity());
        while (printed.hasRemaining()) bytes.putInt(printed.getInt());
        try {
            var host = InetAddress.getByAddress(bytes.array()).getHostAddress();
            return host + ":" + Integer.parseInt(hex.substring(colon + 1), 16);
        } catch (UnknownHostException e) {
            return hex;
        }
    }
}
