using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using MyriadSync.MyriadEmulator.Faults;
using MyriadSync.MyriadEmulator.Hosting;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>Takes a request from the wire through faults and gateway, and sends the answer.</summary>
internal sealed class GatewayEndpoint(HBaseGateway gateway, FaultBoard faults, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var reply = new Reply(context, new FaultedRequest(faults, EmulatorSide.HBase, context, clock));
        using var request = new GatewayRequest(context) { FlushAsync = reply.WriteCellsAsync };
        try
        {
            var readable = await RequestBody.ReadAsync(context.Request, request.Body);
            if (!await reply.Faults.BeforeAsync())
                return;
            request.StoresHalf = reply.Faults.IsPartial;
            var answer = readable ? await gateway.HandleAsync(request) : Answer.RequestFailed;
            await reply.FinishAsync(request, answer);
        }
        finally
        {
            reply.Faults.Finish();
        }
    }

    /// <summary>The answer on its way out: nothing is sent before the faults have let it pass.</summary>
    private sealed class Reply(HttpContext context, FaultedRequest faults)
    {
        private Stream? _stream;
        private bool _dropped;

        public FaultedRequest Faults => faults;

        public async Task WriteCellsAsync(GatewayRequest request)
        {
            await OpenAsync(Answer.Cells, length: null);
            await WriteAsync(request.Output.Written);
            request.Output.Clear();
        }

        public async Task FinishAsync(GatewayRequest request, Answer answer)
        {
            var text = Container.Render(answer, request) ?? answer.Body;
            var body = HasNoBody(answer) ? default : text is not null ? System.Text.Encoding.UTF8.GetBytes(text) : answer.ContentType is null ? default : request.Output.Written;
            await OpenAsync(answer, body.Length);
            if (body.Length > 0 && !HttpMethods.IsHead(context.Request.Method))
                await WriteAsync(body);
            if (_dropped)
                return;
            if (faults.CutsReply)
                faults.Reset();
            else
                await _stream!.DisposeAsync();
        }

        private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
        {
            if (_dropped)
                return;
            await _stream!.WriteAsync(faults.CutsReply ? bytes[..(bytes.Length / 2)] : bytes);
            if (!faults.CutsReply)
                return;
            await _stream.FlushAsync();
            FaultedRequest.Cut();
        }

        private async Task OpenAsync(Answer answer, int? length)
        {
            if (_stream is not null || _dropped)
                return;
            _dropped = !await faults.AfterAsync();
            if (_dropped)
                return;
            var response = context.Response;
            response.StatusCode = answer.Status;
            Container.SetHeaders(answer, context);
            var packs = length is null or > 0 && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
            if (packs)
                response.Headers.ContentEncoding = "gzip";
            else if (!HasNoBody(answer))
                response.ContentLength = length;
            _stream = packs ? new GZipStream(response.Body, CompressionLevel.Fastest) : response.Body;
        }

        private static bool HasNoBody(Answer answer) => answer.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified;
    }
}
