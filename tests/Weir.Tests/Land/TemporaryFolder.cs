namespace Weir.Tests.Land;

/// <summary>A folder of its own for a test, gone after it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("weir-land-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
