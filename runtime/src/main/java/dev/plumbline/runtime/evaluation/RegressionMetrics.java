package dev.plumbline.runtime.evaluation;

import dev.plumbline.schemas.model.Metric;
import java.util.EnumMap;
import java.util.Map;

/**
 * Mean absolute error, root of the mean squared error, and R² (one less the squared error's share of the truth's variance;
 * undefined where the truth does not vary). As scikit-learn's {@code mean_absolute_error},
 * {@code root_mean_squared_error} and {@code r2_score}.
 */
final class RegressionMetrics implements Measures {
    private final double[] truth;
    private final double[] predicted;

    RegressionMetrics(double[] truth, double[] predicted) {
        this.truth = truth;
        this.predicted = predicted;
    }

    @Override
    public int rows() {
        return truth.length;
    }

    @Override
    public Map<Metric, Double> of(int[] weights) {
        double count = 0;
        double absolute = 0;
        double squared = 0;
        double sum = 0;
        for (int row = 0; row < truth.length; row++) {
            double error = truth[row] - predicted[row];
            count += weights[row];
            absolute += weights[row] * Math.abs(error);
            squared += weights[row] * error * error;
            sum += weights[row] * truth[row];
        }
        Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
        if (count > 0) {
            metrics.put(Metric.MAE, absolute / count);
            metrics.put(Metric.RMSE, Math.sqrt(squared / count));
            double spread = spread(weights, sum / count);
            if (spread > 0) {
                metrics.put(Metric.R2, 1 - squared / spread);
            }
        }
        return metrics;
    }

    private double spread(int[] weights, double mean) {
        double spread = 0;
        for (int row = 0; row < truth.length; row++) {
            double distance = truth[row] - mean;
            spread += weights[row] * distance * distance;
        }
        return spread;
    }
}
