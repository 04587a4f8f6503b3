/** How records get in: CSV files, databases and any DataVec reader, always as a RecordReader. */
@NullMarked
package io.gatecast.forecasting.data.source;

import org.jspecify.annotations.NullMarked;
