using Weir.Storage;

namespace Weir.Tests.Core;

public sealed class LocalDiskTests : IDisposable
{
    private readonly string root = Path.Combine(Path.GetTempPath(), $"weir-disk-{Guid.NewGuid():n}");
    private readonly List<string> synced = [];

    public LocalDiskTests() => Directory.CreateDirectory(root);

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_folder_that_exists_has_its_name_synced_once_for_its_maker_may_have_been_killed_before()
    {
        var disk = Disk();
        var folder = Directory.CreateDirectory(Path.Combine(root, "a", "b")).FullName;
        for (var i = 0; i < 3; i++) disk.CreateFolder(folder);
        synced.ShouldBe([Path.Combine(root, "a")]);
    }

    [Fact]
    public void A_new_folder_and_its_parents_are_synced_from_the_top_and_again_when_made_again()
    {
        var disk = Disk();
        var folder = Path.Combine(root, "a", "b");
        string[] once = [Path.GetDirectoryName(root)!, root, Path.Combine(root, "a")];
        disk.CreateFolder(folder);
        disk.CreateFolder(folder);
        synced.ShouldBe(once);
        Directory.Delete(folder);
        disk.CreateFolder(folder + "/");
        Directory.Exists(folder).ShouldBeTrue();
        synced.ShouldBe([.. once, Path.Combine(root, "a")]);
    }

    [Theory]
    [InlineData(13, false)] // EACCES: it is in a folder that this user cannot list, and so did not make
    [InlineData(5, true)] // EIO
    public void A_sync_that_fails_is_an_error_unless_the_folder_is_another_users(int error, bool fails)
    {
        var disk = new LocalDisk(_ => error);
        if (fails) Should.Throw<IOException>(() => disk.CreateFolder(root)).Message.ShouldContain(Path.GetDirectoryName(root)!);
        else disk.CreateFolder(root);
    }

    private LocalDisk Disk() => new(path =>
    {
        synced.Add(path);
        return 0;
    });
}
