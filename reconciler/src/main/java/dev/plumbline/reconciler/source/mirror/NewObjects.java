package dev.plumbline.reconciler.source.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** Inserts loose objects into the mirror; they are durable once it is flushed. One thread. */
final class NewObjects extends ObjectInserter.Filter {
    private final ObjectInserter inserter;
    private final DurableObjects durable;
    private final List<ObjectId> inserted = new ArrayList<>();

    NewObjects(ObjectInserter inserter, DurableObjects durable) {
        this.inserter = inserter;
        this.durable = durable;
    }

    @Override
    protected ObjectInserter delegate() {
        return inserter;
    }

    @Override
    public ObjectId insert(int type, byte[] data, int offset, int length) throws IOException {
        return noted(super.insert(type, data, offset, length));
    }

    @Override
    public ObjectId insert(int type, long length, InputStream data) throws IOException {
        return noted(super.insert(type, length, data));
    }

    private ObjectId noted(ObjectId id) {
        inserted.add(id);
        return id;
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        durable.sync(inserted);
        inserted.clear();
    }
}
