package dev.plumbline.runtime.training.job;

/**
 * Mean and standard deviation of a regression label in the training rows. Models learn the scaled label, so that they
 * converge whatever its unit is.
 */
record LabelScale(double mean, double deviation) {
    static LabelScale of(double[] values) {
        double mean = 0;
        double squares = 0;
        int count = 0;
        for (double value : values) {
            count++;
            double difference = value - mean;
            mean += difference / count;
            squares += difference * (value - mean);
        }
        double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        return new LabelScale(mean, deviation > Math.abs(mean) * 1e-12 ? deviation : 1);
    }

    double[] scaled(double[] values) {
        double[] scaled = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            scaled[row] = (values[row] - mean) / deviation;
        }
        return scaled;
    }

    double original(double scaled) {
        return scaled * deviation + mean;
    }
}
