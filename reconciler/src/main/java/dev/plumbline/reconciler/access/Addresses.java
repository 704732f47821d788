package dev.plumbline.reconciler.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses to listen on. */
public final class Addresses {
    /** What only this machine reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    private Addresses() {}

    /**
     * Whether only this machine reaches the address.
     *
     * @throws UnknownHostException when it is no address
     */
    public static boolean loopback(String address) throws UnknownHostException {
        return InetAddress.getByName(address).isLoopbackAddress();
    }

    /** The address by which this machine itself reaches what listens there. */
    public static String fromHere(String address) throws UnknownHostException {
        InetAddress bound = InetAddress.getByName(address);
        String reached = bound.isAnyLocalAddress() ? LOOPBACK : address;
        return reached.contains(":") ? "[" + reached + "]" : reached;
    }
}
