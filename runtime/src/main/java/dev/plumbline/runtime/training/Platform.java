package dev.plumbline.runtime.training;

import dev.plumbline.schemas.model.Algorithm;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What this machine can train with. XGBoost is native code, and there is some for 64-bit x86 only; on Linux it needs the
 * runtime of OpenMP, which not every system has.
 *
 * @param system name of the operating system
 * @param processor name of its architecture
 * @param library whether a system library can be loaded
 */
record Platform(String system, String processor, Predicate<String> library) {
    private static final Set<String> X86 = Set.of("amd64", "x86_64");
    private static final String OPENMP = "libgomp.so.1";

    static Platform here() {
        return new Platform(System.getProperty("os.name"), System.getProperty("os.arch"), Platform::loads);
    }

    Optional<String> lacks(Algorithm algorithm) {
        return algorithm == Algorithm.XGBOOST ? lacksXGBoost() : Optional.empty();
    }

    private Optional<String> lacksXGBoost() {
        if (!X86.contains(processor.toLowerCase(Locale.ROOT))) {
            return Optional.of("xgboost runs on x86_64 only, and this machine is " + processor
                    + "; choose random-forest, logistic-regression or a linear model");
        }
        if (system.toLowerCase(Locale.ROOT).startsWith("linux") && !library.test(OPENMP)) {
            return Optional.of("xgboost needs the system library " + OPENMP
                    + ", which this machine lacks (Debian and Ubuntu: package libgomp1)");
        }
        return Optional.empty();
    }

    @SuppressWarnings("restricted") // asks the system's loader for a library by its fixed name
    private static boolean loads(String library) {
        try (Arena arena = Arena.ofConfined()) {
            return SymbolLookup.libraryLookup(library, arena)
                    .find("omp_get_num_threads")
                    .isPresent();
        } catch (IllegalArgumentException absent) {
            return false;
        }
    }
}
