using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Platform;

public sealed class GiveMemoryBackTests
{
    [Fact]
    public void Trim_CLibraryWithoutTheCall_IsSaidAndNotThrown()
    {
        Assert.False(GiveMemoryBack.TryTrim(_ => throw new EntryPointNotFoundException()));
        Assert.False(GiveMemoryBack.TryTrim(_ => throw new DllNotFoundException()));
        Assert.True(GiveMemoryBack.TryTrim(_ => 1));
    }
}
