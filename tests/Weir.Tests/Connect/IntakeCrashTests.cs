using Weir.Events;
using Weir.Connect;
using Weir.Storage;
using Weir.Tests.Lake;
using static Weir.Tests.Connect.IntakeFolder;

namespace Weir.Tests.Connect;

/// <summary>A process may die at any operation on its disk: what was not said to be taken is taken whole at the next offer, and once.</summary>
public class IntakeCrashTests
{
    [Fact]
    public async Task After_a_crash_anywhere_the_next_offer_takes_the_file_once() // R5
    {
        var crashes = 0;
        for (var operation = 1; ; operation++, crashes++)
        {
            using var folder = new IntakeFolder();
            folder.Write("f.ndjson", "1\n2\n");
            var survived = await OfferAsync(folder, operation);
            (await folder.TakeAsync("f.ndjson")).Outcome.ShouldBeOneOf(IntakeOutcome.Taken, IntakeOutcome.SameAs);
            folder.Stream().ReadHead().ShouldBe(2, $"crash at operation {operation}");

            folder.Append("f.ndjson", "3\n");
            await OfferAsync(folder, operation);
            (await folder.TakeAsync("f.ndjson")).Outcome.ShouldBeOneOf(IntakeOutcome.Grown, IntakeOutcome.SameAs);
            (await RecordsAsync(folder.Stream())).ShouldBe(["1", "2", "3"], $"crash at operation {operation}");
            if (survived) break;
        }
        crashes.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task What_a_crash_leaves_of_the_lists_next_line_does_not_spoil_the_line_before() // R5
    {
        using var folder = new IntakeFolder();
        folder.Write("f.ndjson", "1\n");
        await folder.TakeAsync("f.ndjson");
        await File.AppendAllBytesAsync(folder.RawFiles("intake.ndjson").Single(), new byte[64], TestContext.Current.CancellationToken); // a sector that never came
        folder.Append("f.ndjson", "2\n");
        (await folder.TakeAsync("f.ndjson")).Outcome.ShouldBe(IntakeOutcome.Grown);
    }

    [Fact]
    public async Task Nothing_is_read_from_a_manifest_or_told_to_be_held_or_witnessed_by_it_before_its_name_is_durable() // R9
    {
        using var folder = new IntakeFolder();
        folder.Write("f.ndjson", "1\n");
        await folder.TakeAsync("f.ndjson");
        var manifests = $"syncfolder {Path.Combine(folder.Data, "raw", "files", "lines")}";

        // Whoever wrote it may have failed before it was: nobody who comes later can tell.
        var disk = new RecordingDisk(LocalDisk.Instance);
        (await RecordsAsync(folder.Open(disk: disk).OpenAll().Single())).ShouldBe(["1"]);
        disk.Done.ShouldContain(manifests);
        disk.Forget();
        ((IProvableStream)folder.Open(disk: disk).OpenAll().Single()).ReadMark().ShouldBeNull();
        disk.Done.ShouldContain(manifests);
        disk.Forget();
        (await folder.Open(disk: disk).TakeAsync(Lines, Path.Combine(folder.Drop, "f.ndjson"), TestContext.Current.CancellationToken)).Outcome.ShouldBe(IntakeOutcome.SameAs);
        disk.Done.ShouldContain(manifests);
    }

    private static async Task<bool> OfferAsync(IntakeFolder folder, int dieAt)
    {
        try
        {
            await folder.Open(disk: new DyingDisk(dieAt)).TakeAsync(Lines, Path.Combine(folder.Drop, "f.ndjson"), TestContext.Current.CancellationToken);
            return true;
        }
        catch (DyingDisk.DeathException)
        {
            return false;
        }
    }

    /// <summary>Carries out so many changes; the next, and all after it, fail.</summary>
    private sealed class DyingDisk(int dieAt) : IDisk
    {
        private int operations;

        public IDiskFile Create(string path) => Do(() => new DyingFile(this, LocalDisk.Instance.Create(path)));

        public IDiskFile OpenAppend(string path) => Do(() => new DyingFile(this, LocalDisk.Instance.OpenAppend(path)));

        public FileStream OpenRead(string path) => LocalDisk.Instance.OpenRead(path);

        public bool Exists(string path) => LocalDisk.Instance.Exists(path);

        public IReadOnlyList<string> List(string folder, string pattern = "*") => LocalDisk.Instance.List(folder, pattern);

        public void CreateFolder(string path) => Do(() => LocalDisk.Instance.CreateFolder(path));

        public bool TryLink(string path, string newPath) => Do(() => LocalDisk.Instance.TryLink(path, newPath));

        public void Replace(string path, string newPath) => Do(() => LocalDisk.Instance.Replace(path, newPath));

        public void Delete(string path) => Do(() => LocalDisk.Instance.Delete(path));

        public void SyncFile(string path) => Do(() => LocalDisk.Instance.SyncFile(path));

        public void SyncFolder(string path) => Do(() => LocalDisk.Instance.SyncFolder(path));

        private void Do(Action action) => Do<object?>(() =>
        {
            action();
            return null;
        });

        private T Do<T>(Func<T> action) => ++operations >= dieAt ? throw new DeathException() : action();

        public sealed class DeathException : Exception;

        private sealed class DyingFile(DyingDisk disk, IDiskFile file) : IDiskFile
        {
            public long Length => file.Length;

            public void Append(ReadOnlySpan<byte> bytes)
            {
                // Half of what was to be written may be there.
                if (disk.operations + 1 >= disk.DieAt) file.Append(bytes[..(bytes.Length / 2)]);
                var whole = bytes.ToArray();
                disk.Do(() => file.Append(whole));
            }

            public void Sync() => disk.Do(file.Sync);

            public void Truncate(long length) => disk.Do(() => file.Truncate(length));

            public void Dispose() => file.Dispose();
        }

        private int DieAt => dieAt;
    }
}
