package dev.plumbline.reconciler.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;

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

    /** The address by which this machine itself reaches what listens there, as a URL holds it. */
    public static String fromHere(String address) throws UnknownHostException {
        return inUrl(everywhere(address) ? LOOPBACK : address);
    }

    /** Whether it stands for all addresses of this machine. */
    public static boolean everywhere(String address) throws UnknownHostException {
        return InetAddress.getByName(address).isAnyLocalAddress();
    }

    /**
     * The addresses by which other machines may reach what listens on all of them, as URLs hold them, those of version 4
     * first; empty when this machine is in no network.
     */
    public static List<String> fromOthers() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(Addresses::up)
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                .map(address -> inUrl(address.getHostAddress().replaceFirst("%.*", "")))
                .distinct()
                .toList();
    }

    private static boolean up(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }

    private static String inUrl(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
