package dev.skein.testkit.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket, which can go down and come up again on its port. While it is down, a socket
 * that is bound but does not listen keeps the port: the system refuses whoever connects, and nobody
 * else is given the port.
 */
final class Listener implements AutoCloseable {
    /** The system's default of 50 refuses a burst. */
    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final InetSocketAddress address;
    private @Nullable ServerSocketChannel socket;
    private @Nullable SocketChannel keeper;

    Listener(Selector selector, InetSocketAddress wanted) throws IOException {
        this.selector = selector;
        var first = listen(wanted);
        socket = first;
        address = (InetSocketAddress) first.getLocalAddress();
    }

    int port() {
        return address.getPort();
    }

    @Nullable SocketChannel accept() throws IOException {
        return socket == null ? null : socket.accept();
    }

    void down() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
            // The system forgets a closed channel only when the selector has dropped its key.
            selector.selectNow();
            keeper = SocketChannel.open().setOption(StandardSocketOptions.SO_REUSEADDR, true);
            keeper.bind(address);
        }
    }

    void up() throws IOException {
        if (socket == null) {
            socket = listen(address);
            closeKeeper();
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        closeKeeper();
    }

    private ServerSocketChannel listen(InetSocketAddress at) throws IOException {
        var channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(at, BACKLOG);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void closeKeeper() throws IOException {
        if (keeper != null) {
            keeper.close();
            keeper = null;
        }
    }
}
