namespace TrainingHub.Platform.Web;

/// <summary>
/// A form with a NUL in it (typed by no one, but pasted) is one that ASP.NET Core refuses to read at all, with a bare 400: all that
/// was typed would be lost. On its way in each becomes another control character, which is taken out with the rest where texts are
/// bound.
/// </summary>
internal static class FormText
{
    public static void UseFormText(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var type = context.Request.ContentType;
            if (type is not null && type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
                context.Request.Body = new WithoutNul(context.Request.Body);
            return next(context);
        });
    }

    /// <summary>%00 becomes %01, wherever a read ends: nothing moves, so that lengths stay true.</summary>
    private sealed class WithoutNul(Stream body) : Stream
    {
        private int _matched;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await body.ReadAsync(buffer, cancellationToken);
            Replace(buffer.Span[..count]);
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private void Replace(Span<byte> bytes)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                if (_matched == 2 && bytes[i] == '0')
                    bytes[i] = (byte)'1';
                _matched = bytes[i] == '%' ? 1 : _matched == 1 && bytes[i] == '0' ? 2 : 0;
            }
        }
    }
}
