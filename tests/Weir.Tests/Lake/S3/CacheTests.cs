using Amazon.S3.Model;
using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Tests.Lake.S3;

/// <summary>The read cache.</summary>
public class CacheTests
{
    [Fact]
    public async Task The_cache_holds_no_more_than_it_may_and_a_view_costs_nothing_until_it_is_read()
    {
        var server = await S3Server.GetAsync();
        using var writer = new S3TestLake(server.NewLake(""));
        for (var n = 0; n < 6; n++) writer.Lake.Land("aaaa", n * 60, n * 60 + 60); // each over two hours: two files
        var files = writer.Store.ReadSnapshot()["events"].Files;
        var largest = files.Values.Max(f => f.Size);

        using var reader = new S3TestLake(writer.Options, with: o => o with { CacheBytes = 3 * largest, KeepRead = TimeSpan.Zero });
        LakeViews.Create(reader.Lake.Db, reader.Store.ReadSnapshot());
        reader.Files.Count(f => f.Contains("/events/", StringComparison.Ordinal)).ShouldBe(1); // whose columns the view has
        foreach (var file in files.Values)
        {
            LakeViews.Create(reader.Lake.Db, reader.Store.ReadSnapshot().Only(LakeTables.Events, [file]));
            reader.Lake.Db.Scalar<long>("SELECT count(*) FROM lake.events").ShouldBeGreaterThan(0);
            reader.Cached.ShouldBeLessThanOrEqualTo(3 * largest);
        }
        var error = Should.Throw<DuckDBException>(() => reader.Lake.Count());
        error.Message.ShouldContain("WEIR6024");
        error.Message.ShouldContain("lake.cache");
        reader.Cached.ShouldBeLessThanOrEqualTo(3 * largest);
    }

    [Fact] // L14
    public async Task A_file_that_is_held_stays_though_others_need_its_place()
    {
        var server = await S3Server.GetAsync();
        using var writer = new S3TestLake(server.NewLake(""));
        foreach (var (from, to) in new[] { (0, 30), (30, 90), (90, 150) }) writer.Lake.Land("aaaa", from, to); // an hour each
        var table = writer.Store.ReadSnapshot()["events"];
        var largest = table.Files.Values.Max(f => f.Size);
        using var reader = new S3TestLake(writer.Options, with: o => o with { CacheBytes = 2 * largest, KeepRead = TimeSpan.Zero });
        var (first, second, third) = (Stored(0), Stored(1), Stored(2));
        using (reader.Disk.Hold([first]))
        {
            reader.Disk.Hold([second]).Dispose();
            reader.Disk.Hold([third]).Dispose();
            File.Exists(first.Path).ShouldBeTrue();
            File.Exists(second.Path).ShouldBeFalse();
            Should.Throw<WeirException>(() => reader.Disk.Hold([second, third])).Code.ShouldBe("WEIR6024");
        }
        reader.Disk.Hold([second, third]).Dispose();
        File.Exists(first.Path).ShouldBeFalse();

        StoredFile Stored(int n)
        {
            var file = table.Files.Values.OrderBy(f => f.Path, StringComparer.Ordinal).ElementAt(n);
            return new StoredFile(Path.Combine(reader.Lake.Folder, "events", file.Path), file.Size);
        }
    }

    [Fact] // L14
    public async Task A_cached_file_that_the_disk_did_not_keep_well_is_fetched_again()
    {
        var server = await S3Server.GetAsync();
        using var lake = new S3TestLake(server.NewLake(""));
        lake.Lake.Land("aaaa", 0, 25);
        const string All = "SELECT string_agg(event_id || client_time, ',' ORDER BY event_id) FROM lake.events";
        LakeViews.Create(lake.Lake.Db, lake.Store.ReadSnapshot());
        var before = lake.Lake.Db.Scalar<string>(All);
        foreach (var file in lake.Files.ToList())
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }
        using var disk = new Weir.Lake.S3.S3LakeDisk(lake.Options); // the next process
        using var store = LakeStore.Open(new LakeOptions(lake.Lake.Folder), disk, TimeProvider.System);
        using var connection = LakeViews.Open(store.ReadSnapshot());
        connection.Execute("SET TimeZone = 'UTC'");
        connection.Scalar<string>(All).ShouldBe(before);
        foreach (var file in lake.Files.Where(f => f.Contains("/events/", StringComparison.Ordinal)))
            (await File.ReadAllBytesAsync(file)).ShouldBe(await ObjectAsync(server, lake, file));
    }

    [Fact]
    public async Task An_object_that_is_not_what_was_written_is_told()
    {
        var server = await S3Server.GetAsync();
        using var writer = new S3TestLake(server.NewLake(""));
        writer.Lake.Land("aaaa", 0, 25);
        var file = writer.Store.ReadSnapshot()["events"].Files.Values.First();
        var key = $"{writer.Options.Prefix}/events/{file.Path}";
        var was = await server.Client.GetObjectMetadataAsync(S3Server.Bucket, key);
        var put = new PutObjectRequest { BucketName = S3Server.Bucket, Key = key, InputStream = new MemoryStream(new byte[file.Size]) };
        put.Metadata.Add("weir-crc32c", was.Metadata["weir-crc32c"]);
        await server.Client.PutObjectAsync(put);
        using var reader = new S3TestLake(writer.Options);
        Should.Throw<DuckDBException>(() => reader.Lake.Count()).Message.ShouldContain("WEIR6025");
    }

    private static async Task<byte[]> ObjectAsync(S3Server server, S3TestLake lake, string file)
    {
        using var response = await server.Client.GetObjectAsync(S3Server.Bucket, $"{lake.Options.Prefix}/{Path.GetRelativePath(lake.Lake.Folder, file)}");
        var bytes = new MemoryStream();
        await response.ResponseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
