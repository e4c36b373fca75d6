using Weir.Storage;

namespace Weir.Tests.Storage;

public sealed partial class TearingDisk
{
    private const int DiskFull = 28, InputOutputError = 5; // ENOSPC, EIO: .NET gives them as the exception's HResult

    /// <summary>See <see cref="TearingOptions.FaultRate"/>; may be changed under way.</summary>
    public double FaultRate { get; set; } = options?.FaultRate ?? 0;

    /// <summary>How many operations failed without a crash.</summary>
    public int Faults { get; private set; }

    /// <summary>One operation: perhaps late, perhaps the one at which the power fails.</summary>
    private T Do<T>(Func<T> operation)
    {
        Delay();
        lock (gate)
        {
            Step();
            return operation();
        }
    }

    private void Step()
    {
        if (!IsOff && --operationsLeft < 0) IsOff = true;
        if (IsOff) throw new IOException("The power is off.");
    }

    private void Delay()
    {
        if (options.DelayRate <= 0) return;
        int turns;
        lock (gate) turns = random.NextDouble() < options.DelayRate ? random.Next(1, 4) : 0;
        for (var i = 0; i < turns * 50; i++) Thread.Yield();
    }

    private void Fault(string what)
    {
        if (Faulty() is { } fault) throw new IOException($"A {what} failed: {fault.Message}", fault.HResult);
    }

    /// <summary>Reading fails less often than writing, and never for want of room.</summary>
    private void ReadFault()
    {
        if (FaultRate > 0 && random.NextDouble() < FaultRate / 4) throw Failed(InputOutputError);
    }

    private IOException? Faulty() => FaultRate > 0 && random.NextDouble() < FaultRate ? Failed(random.Next(2) == 0 ? DiskFull : InputOutputError) : null;

    private IOException Failed(int error)
    {
        Faults++;
        return new IOException(error == DiskFull ? "No space left on device." : "Input/output error.", error);
    }

    private sealed class TornHandle(TearingDisk disk, IDiskFile real, TornFile file) : IDiskFile
    {
        private readonly int generation = disk.generation;

        public long Length => real.Length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            disk.Delay();
            lock (disk.gate)
            {
                CheckGeneration();
                try
                {
                    disk.Step();
                    disk.Fault("write");
                }
                catch (IOException)
                {
                    if (disk.operationsLeft >= -1) Write(bytes[..disk.random.Next(bytes.Length + 1)]); // it failed half-way
                    throw;
                }
                Write(bytes);
            }
        }

        public void Sync() => Do(() => disk.Sync(file));

        public void Truncate(long length) => Do(() =>
        {
            disk.Fault("cut");
            real.Truncate(length);
            file.Truncate(length);
        });

        public void Dispose() => real.Dispose();

        private void Do(Action operation)
        {
            disk.Delay();
            lock (disk.gate)
            {
                CheckGeneration();
                disk.Step();
                operation();
            }
        }

        private void Write(ReadOnlySpan<byte> bytes)
        {
            real.Append(bytes);
            file.Append(bytes);
        }

        private void CheckGeneration()
        {
            if (generation != disk.generation) throw new IOException("This file was open when the power failed.");
        }
    }
}
