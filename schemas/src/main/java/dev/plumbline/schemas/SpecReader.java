package dev.plumbline.schemas;

import dev.plumbline.schemas.binding.ResourceBinder;
import dev.plumbline.schemas.catalog.CatalogAssembly;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.FileContents;
import dev.plumbline.schemas.catalog.FileLookup;
import dev.plumbline.schemas.catalog.RuleMemory;
import dev.plumbline.schemas.validation.SchemaValidator;
import dev.plumbline.schemas.yaml.PositionedDocument;
import dev.plumbline.schemas.yaml.YamlReader;
import dev.plumbline.schemas.yaml.YamlReading;
import java.util.Collection;

/**
 * The one door from bytes to specs. Never throws because of what a file holds: everything that is wrong is a problem with
 * a position, and what is sound beside it is read. Thread-safe; files may be read in parallel.
 */
public final class SpecReader {
    private final YamlReader yaml = new YamlReader();
    private final SchemaValidator validator = new SchemaValidator();
    private final ResourceBinder binder = new ResourceBinder();

    /**
     * Reads one file. The same path and bytes always give equal contents, so they can be kept by blob id.
     *
     * @param file path of the file, as problems are to name it
     */
    public FileContents read(String file, byte[] bytes) {
        YamlReading reading = yaml.read(bytes);
        FileContentsBuilder contents = new FileContentsBuilder(file);
        reading.problems().forEach(contents::addFileProblem);
        for (PositionedDocument document : reading.documents()) {
            new DocumentReading(document, contents, validator, binder).read();
        }
        return contents.build();
    }

    /**
     * Puts files together and applies the rules between their specs.
     *
     * @param lookup the other files of the same revision, which specs may name
     */
    public CatalogReading assemble(Collection<FileContents> files, FileLookup lookup) {
        return assemble(files, lookup, new RuleMemory());
    }

    /**
     * As the other does, with the same result, but judges again only what is not as it was.
     *
     * @param memory of the revision that was assembled with it last; not to be shared between threads
     */
    public CatalogReading assemble(Collection<FileContents> files, FileLookup lookup, RuleMemory memory) {
        return CatalogAssembly.of(files, lookup, memory);
    }
}
