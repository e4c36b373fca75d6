using System.Runtime.InteropServices;

namespace Weir.Compression;

/// <summary>The system's libzstd: .NET has no zstd yet, and no package restores.</summary>
public static class Libzstd
{
    /// <summary>What it is loaded by.</summary>
    public const string Name = "libzstd.so.1";

    /// <summary>Whether it is installed.</summary>
    public static bool IsThere { get; } = NativeLibrary.TryLoad(Name, typeof(Libzstd).Assembly, null, out _);
}
