using Weir.Storage;
using Weir.Tests.Storage;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

public sealed class DamagedDiskTests : IDisposable
{
    private readonly LandFixture land = new() { Configure = o => o with { DedupeMemoryBytes = 1 } };

    public void Dispose() => land.Dispose();

    [Fact] // D8
    public async Task A_disk_that_damages_every_run_stops_landing_with_a_code_and_nothing_is_doubled()
    {
        var web = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"));
        await land.LandAsync([web], new DamagingDisk());
        web.Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"));
        var stopped = await Should.ThrowAsync<WeirException>(() => land.LandAsync([web], new DamagingDisk()));
        stopped.Code.ShouldBe("WEIR5005");
        (await land.LandAsync(web)).Duplicate.ShouldBe(1);
        land.FateLine("aaaa").ShouldBe("0:landed 1:duplicate");
    }

    /// <summary>Changes a bit in the first byte of every run.</summary>
    private sealed class DamagingDisk : PassingDisk
    {
        public override IDiskFile Create(string path) => path.EndsWith(".run", StringComparison.Ordinal) ? new DamagingFile(base.Create(path)) : base.Create(path);
    }

    private sealed class DamagingFile(IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;
        public void Sync() => file.Sync();
        public void Truncate(long length) => file.Truncate(length);
        public void Dispose() => file.Dispose();

        public void Append(ReadOnlySpan<byte> bytes)
        {
            var changed = bytes.ToArray();
            if (file.Length == 0) changed[0] ^= 1;
            file.Append(changed);
        }
    }
}
