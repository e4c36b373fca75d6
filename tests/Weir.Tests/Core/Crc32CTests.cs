using System.Text;
using Weir.Identifiers;

namespace Weir.Tests.Core;

public class Crc32CTests
{
    [Fact]
    public void Check_value_of_rfc_3720_is_met() => Crc32C.Compute(Encoding.ASCII.GetBytes("123456789")).ShouldBe(0xE3069283u);

    [Fact]
    public void Uuid_of_the_rfc_9562_example_is_met() =>
        UuidV5.Create(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com").ShouldBe(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
}
