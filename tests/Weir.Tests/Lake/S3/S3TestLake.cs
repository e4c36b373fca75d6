using Weir.DuckDb;
using Weir.Lake;
using Weir.Lake.S3;
using Weir.Tests.Storage;

namespace Weir.Tests.Lake.S3;

/// <summary>One process's view of a lake on S3: its own cache, its own DuckDB.</summary>
internal sealed class S3TestLake : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public S3TestLake(S3Options at, int checkpointEvery = 100, Func<S3Options, S3Options>? with = null, Func<ILakeDisk, ILakeDisk>? through = null)
    {
        Options = (with ?? (o => o))(at with { Folder = folder.Path });
        Disk = new S3LakeDisk(Options);
        Lake = new TestLake(folder.Path, through?.Invoke(Disk) ?? Disk, checkpointEvery);
    }

    public S3Options Options { get; }
    public S3LakeDisk Disk { get; }
    public TestLake Lake { get; }
    public LakeStore Store => Lake.Store;

    /// <summary>The bytes of data files in the cache.</summary>
    public long Cached => Files.Sum(f => new FileInfo(f).Length);

    public IEnumerable<string> Files => Directory.EnumerateFiles(folder.Path, "*.parquet", SearchOption.AllDirectories);

    public void Dispose()
    {
        Lake.Dispose();
        Disk.Dispose();
        folder.Dispose();
    }
}
