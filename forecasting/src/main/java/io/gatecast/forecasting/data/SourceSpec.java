package io.gatecast.forecasting.data;

import java.nio.file.Path;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Where records come from and which columns tell time and series.
 *
 * @param csv the file
 * @param delimiter between fields
 * @param time the column with the time
 * @param timeFormat pattern of {@link java.time.format.DateTimeFormatter}, or null for ISO forms
 * @param zone of local times without an offset
 * @param series the column that names the series, or null where the file holds one
 */
public record SourceSpec(
    Path csv,
    char delimiter,
    String time,
    @Nullable String timeFormat,
    ZoneId zone,
    @Nullable String series) {}
