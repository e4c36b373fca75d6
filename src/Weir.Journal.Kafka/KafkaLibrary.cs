using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Weir.Journal.Kafka;

/// <summary>Binds the client to the system's librdkafka where none was built in (the property <c>KafkaLibrary</c> of the build).</summary>
internal static class KafkaLibrary
{
    private static readonly Dictionary<string, string> System = new(StringComparer.Ordinal) { ["librdkafka"] = "librdkafka.so.1", ["libdl"] = "libdl.so.2" };
    private static readonly Lazy<Exception?> Loaded = new(Load);

    /// <exception cref="WeirException">WEIR2030: there is none.</exception>
    public static void Ensure()
    {
        if (Loaded.Value is { } failed) throw KafkaErrors.NoLibrary(failed);
    }

    /// <summary>The library's version, such as <c>2.0.2</c>.</summary>
    public static string Version
    {
        get
        {
            Ensure();
            return Library.VersionString;
        }
    }

    /// <summary>Whether it can be told how long to wait once it has enough in its queue (<c>fetch.queue.backoff.ms</c>).</summary>
    public static bool HasQueueBackoff => Library.Version >= 0x02_02_00_00;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Exception? Load()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, Resolve);
            NativeLibrary.SetDllImportResolver(typeof(KafkaLibrary).Assembly, Resolve);
            _ = Library.Version;
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or InvalidOperationException or TypeInitializationException or EntryPointNotFoundException)
        {
            return e;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (NativeLibrary.TryLoad(name, assembly, path, out var bundled)) return bundled;
        return OperatingSystem.IsLinux() && System.TryGetValue(name, out var system) && NativeLibrary.TryLoad(system, out var handle) ? handle : 0;
    }
}
