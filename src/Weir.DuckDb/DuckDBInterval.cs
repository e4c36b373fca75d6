using System.Runtime.InteropServices;

namespace Weir.DuckDb;

/// <summary>DuckDB's INTERVAL: its three parts are not convertible into each other (a month has no fixed length, nor has a day).</summary>
/// <param name="Months">Whole months.</param>
/// <param name="Days">Whole days.</param>
/// <param name="Micros">Microseconds.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDBInterval(int Months, int Days, long Micros)
{
    /// <summary>The interval as a span of 24-hour days.</summary>
    /// <exception cref="InvalidCastException">It has months, whose length is not fixed.</exception>
    public TimeSpan ToTimeSpan() => Months == 0
        ? new TimeSpan(checked((Days * TimeSpan.TicksPerDay) + (Micros * TimeSpan.TicksPerMicrosecond)))
        : throw new InvalidCastException($"An interval of {Months} months has no fixed length; read it as {nameof(DuckDBInterval)}.");

    /// <summary>A span as days and microseconds; the rest below a microsecond is cut.</summary>
    public static DuckDBInterval FromTimeSpan(TimeSpan value) =>
        new(0, value.Days, (value.Ticks % TimeSpan.TicksPerDay) / TimeSpan.TicksPerMicrosecond);
}
