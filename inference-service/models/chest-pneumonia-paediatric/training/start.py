"""The networks of an earlier version, taken out of its ONNX file.

By default those of 1.0.0, where training goes on: work/version-1.0.0.onnx to work/start-SEED.pt. With `--classifier FILE` the networks as
they are: FILE to work/classifier-SEED.pt.

The file holds convolutions into which the normalisation was folded. Where training goes on it is unfolded so that the network answers as
before: each normalisation gets the mean and variance its convolution has over training radiographs, and scale and shift that undo them.
"""

import pathlib

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from dataset import WORK, arguments, load
from network import Classifier

SEEDS = (11, 12)
IMAGES = 256


def folded(path):
    """Weights and biases of the convolutions in the order they run, and of the last layers, member by member."""
    graph = onnx.load(str(path)).graph
    stored = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in graph.initializer}
    pairs = [(stored[node.input[1]], stored[node.input[2]]) for node in graph.node
             if node.op_type == "Conv" and not node.name.startswith("guard/")]
    each = sum(isinstance(module, nn.Conv2d) for module in Classifier().modules())
    prefix = next(name for name in stored if name.endswith("members.0.head.weight")).removesuffix("0.head.weight")
    heads = [(stored[f"{prefix}{i}.head.weight"], stored[f"{prefix}{i}.head.bias"]) for i in range(len(SEEDS))]
    return [(pairs[i * each:(i + 1) * each], head) for i, head in enumerate(heads)]


def put(network, convolutions, head):
    """The folded weights, with normalisations that only add the bias."""
    modules = [m for m in network.modules() if isinstance(m, (nn.Conv2d, nn.BatchNorm2d))]
    for (weight, bias), convolution, normalisation in zip(convolutions, modules[0::2], modules[1::2]):
        convolution.weight.data.copy_(weight)
        normalisation.weight.data.fill_(1.0)
        normalisation.bias.data.copy_(bias)
        normalisation.running_var.fill_(1.0 - normalisation.eps)
    network.head.weight.data.copy_(head[0])
    network.head.bias.data.copy_(head[1])


def unfold(network, x):
    """Gives each normalisation the statistics of `x` without changing what the network answers."""
    def measured(module, inputs, _):
        value = inputs[0].transpose(0, 1).flatten(1)
        statistics[module] = value.mean(dim=1), value.var(dim=1, unbiased=False)

    statistics = {}
    hooks = [m.register_forward_hook(measured) for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    with torch.no_grad():
        before = network(x)
        for hook in hooks:
            hook.remove()
        for module, (mean, variance) in statistics.items():
            module.bias += mean
            module.weight.copy_((variance + module.eps).sqrt())
            module.running_mean.copy_(mean)
            module.running_var.copy_(variance)
        return float((network(x) - before).abs().max())


def restored(path):
    """Seed and network, as the file has them."""
    for seed, (convolutions, head) in zip(SEEDS, folded(path)):
        network = Classifier().eval()
        put(network, convolutions, head)
        yield seed, network


def main():
    from train import inputs
    parser = arguments(__doc__)
    parser.add_argument("--classifier", type=pathlib.Path, help="take the networks out of this file as they are")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    if chosen.classifier:
        for seed, network in restored(chosen.classifier):
            torch.save(network.state_dict(), WORK / f"classifier-{seed}.pt")
        return
    images = load(chosen.data)["train"]["images"]
    x = inputs(images[::len(images) // IMAGES][:IMAGES])
    for seed, network in restored(WORK / "version-1.0.0.onnx"):
        print(f"seed {seed}: differs by {unfold(network, x):.1e}")
        torch.save(network.state_dict(), WORK / f"start-{seed}.pt")


if __name__ == "__main__":
    main()
