using Weir.Land.Privacy;

namespace Weir.Tests.Land.Privacy;

/// <summary>E-mail addresses within texts; what is one was decided by hand.</summary>
public class EmailAddressTests
{
    [Theory]
    [InlineData("a@b.de", "<a@b.de>")]
    [InlineData("write to a.b+c@x-y.co.uk, please", "write to <a.b+c@x-y.co.uk>, please")]
    [InlineData("Größe.Müller@käse.de!", "<Größe.Müller@käse.de>!")]
    [InlineData("/p?mail=a%40b.de&x=1", "/p?mail=<a@b.de>&x=1")]
    [InlineData("a@b.de;c@d.org", "<a@b.de>;<c@d.org>")]
    [InlineData("mailto:o'neil@b.de.", "mailto:<o'neil@b.de>.")]
    [InlineData("a@b.de-", "<a@b.de>-")]
    [InlineData("@home", "@home")]
    [InlineData("x@1.2.3", "x@1.2.3")]
    [InlineData("user@host", "user@host")]
    [InlineData("a@b.c", "a@b.c")]
    [InlineData("a@@b.de", "a@@b.de")]
    [InlineData("100%40", "100%40")]
    [InlineData("@", "@")]
    [InlineData("", "")]
    public void Addresses_are_found(string text, string expected) => EmailAddresses.Replace(text, a => $"<{a}>").ShouldBe(expected);

    [Fact]
    public void A_text_without_one_is_not_copied()
    {
        var text = new string([.. "no address @ all"]);
        EmailAddresses.Replace(text, _ => "x").ShouldBeSameAs(text);
    }
}
