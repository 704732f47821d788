package dev.plumbline.schemas.fault;

import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the operating system refuses a process of ours that reads or writes files, as it says it: Java has types for hardly
 * any of it. Nothing that lies on the disk is at fault then, and all is well once the machine is.
 */
public enum StorageFailure {
    FULL("No space left on device", "the disk is full", "make room for the state folder"),
    QUOTA("Disk quota exceeded", "the disk quota is used up", "make room for the state folder, or raise the quota"),
    OPEN_FILES("Too many open files", "too many files are open", "raise the limit (`ulimit -n`) and start again"),
    READ_ONLY("Read-only file system", "the disk can only be read", "mount it so that it can be written"),
    RIGHTS("Permission denied", "access is denied", "give the folder to the user who runs this");

    private final String said;
    private final String meaning;
    private final String remedy;

    StorageFailure(String said, String meaning, String remedy) {
        this.said = said;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** What was refused, if that is why it failed or why one of its causes did. */
    public static Optional<StorageFailure> in(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof AccessDeniedException) {
                return Optional.of(RIGHTS);
            }
            String message = String.valueOf(each.getMessage());
            Optional<StorageFailure> found = Arrays.stream(values())
                    .filter(refusal -> message.contains(refusal.said))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** What it means and what to do, to follow a colon; without the path that the system names. */
    public String words() {
        return meaning + " (" + said + "); " + remedy;
    }
}
