package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.onnx.OnnxModel;
import dev.plumbline.schemas.model.Algorithm;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuo.Tribuo;

/** What a run ran on; recorded with it, and no part of its id. */
final class Environment {
    /** The release of XGBoost that Tribuo carries; its jar does not tell. */
    private static final String XGBOOST = "1.6.2";

    private Environment() {}

    static SortedMap<String, String> here(Algorithm algorithm) {
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put("java", Runtime.version().toString());
        environment.put("operatingSystem", System.getProperty("os.name"));
        environment.put("processor", System.getProperty("os.arch"));
        environment.put("onnxRuntime", OnnxModel.runtimeVersion());
        if (algorithm == Algorithm.XGBOOST) {
            environment.put("xgboost", XGBOOST);
        } else {
            environment.put("tribuo", Tribuo.VERSION);
        }
        return environment;
    }
}
